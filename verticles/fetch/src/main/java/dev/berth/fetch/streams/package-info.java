/**
 * Servers that publish image streams (formats 3). Their documents are kept on disk with their entity tags, asked for
 * again after a while, and used beyond that when the server is down.
 */
package dev.berth.fetch.streams;
