/** What may know what. */
package io.jwal.architecture;
