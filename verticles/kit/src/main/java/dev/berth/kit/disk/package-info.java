/**
 * The one door to files: a small blocking {@link dev.berth.kit.disk.Disk} port, so that a fake disk can fail any call
 * and forget what was not forced. {@link dev.berth.kit.disk.LocalDisk} is the real one. {@link dev.berth.kit.disk.PrivateFiles} are small
 * files with secrets.
 */
package dev.berth.kit.disk;
