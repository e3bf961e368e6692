/** What this machine says about itself. */
package dev.berth.kit.host;
