/** The class path and the module path. */
package io.jwal.modules;
