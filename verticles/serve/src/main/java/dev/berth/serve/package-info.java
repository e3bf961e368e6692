/**
 * The edge of the service and its faces. {@link dev.berth.serve.ServeVerticle} puts the faces it is given on the
 * listeners; {@link dev.berth.serve.edge} holds what all faces share. Contract: rest-api sections 0 and 5.
 */
package dev.berth.serve;
