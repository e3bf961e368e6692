/** Split images on their way over HTTP: two parts of a multipart body (rest-api 3.4, 3.8). */
package dev.berth.lxd.multipart;
