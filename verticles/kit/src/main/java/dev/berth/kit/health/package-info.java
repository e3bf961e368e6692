/** Whether the service can do its work, as the management listener tells it ({@code /health/ready}). */
package dev.berth.kit.health;
