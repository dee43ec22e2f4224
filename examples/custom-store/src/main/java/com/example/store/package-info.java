/** A store of your own. */
package com.example.store;
