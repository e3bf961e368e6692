/** Fakes and fixtures that every module's tests may use: whole images, archives no honest program writes. Not for production. */
package dev.berth.testkit;
