/** Other image servers, seen through a whole service. */
package dev.berth.app.mirror;
