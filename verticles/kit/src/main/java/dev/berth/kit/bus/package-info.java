/** The control plane: typed questions and announcements on the event bus. */
package dev.berth.kit.bus;
