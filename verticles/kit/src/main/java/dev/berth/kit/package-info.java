/** Tools without image knowledge, shared by every feature. */
package dev.berth.kit;
