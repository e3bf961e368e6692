/**
 * The management listener, plain HTTP and by default on loopback only: {@code /metrics} for Prometheus, {@code
 * /health/live} (this process answers) and {@code /health/ready} (it can do its work; JSON names each check). It shows no
 * images and needs no certificate. Setting: {@link dev.berth.serve.edge.ServeConf#management}.
 */
package dev.berth.serve.ops;
