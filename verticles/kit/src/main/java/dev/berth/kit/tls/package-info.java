/** How a key and its certificate reach the TLS engines, the same for servers and for clients. */
package dev.berth.kit.tls;
