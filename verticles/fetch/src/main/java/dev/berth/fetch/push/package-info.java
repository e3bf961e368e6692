/** Images on their way to other servers: an upload with the token that the other server wrote for it (rest-api 3.6). */
package dev.berth.fetch.push;
