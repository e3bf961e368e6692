/**
 * Another image server for tests, on real HTTPS: {@link dev.berth.testkit.upstream.FakeUpstream} serves files and
 * counts, {@link dev.berth.testkit.upstream.FakeLxd} and {@link dev.berth.testkit.upstream.FakeStreams} put an LXD
 * server and a simplestreams tree on it, {@link dev.berth.testkit.upstream.Behaviours} are the ways it goes wrong.
 */
package dev.berth.testkit.upstream;
