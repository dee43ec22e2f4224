package io.jwal.store.tiered.blocks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one segment of the archive: AES-256-GCM, random for each upload, so that the number of a block can be its
 * nonce. Safe for many threads.
 */
final class DataKey {
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    static final int WRAPPED_BYTES = 32 + TAG_BYTES;

    private static final int KEY_BYTES = 32;

    private final SecretKey key;

    private DataKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    static DataKey random(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new DataKey(key);
    }

    /**
     * Opens what {@link #wrap} gave.
     *
     * @throws GeneralSecurityException if the wrapping key, the nonce or the additional data are others, or the bytes are
     */
    static DataKey unwrap(SecretKey wrapping, byte[] nonce, byte[] wrapped, ByteBuffer additionalData)
            throws GeneralSecurityException {
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, wrapping, nonce);
        cipher.updateAAD(additionalData.duplicate());
        return new DataKey(cipher.doFinal(wrapped));
    }

    /** Makes it readable for who has another key and the same additional data. The nonce is never used twice with it. */
    byte[] wrap(SecretKey wrapping, byte[] nonce, ByteBuffer additionalData) {
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, wrapping, nonce);
            cipher.updateAAD(additionalData.duplicate());
            return cipher.doFinal(key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** Encrypts a block, which has a number of its own. */
    byte[] encrypt(int number, ByteBuffer additionalData, byte[] bytes, int length) {
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce(number));
            cipher.updateAAD(additionalData.duplicate());
            return cipher.doFinal(bytes, 0, length);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /**
     * Decrypts a block.
     *
     * @throws GeneralSecurityException if it is not what was encrypted under this number and additional data
     */
    byte[] decrypt(int number, ByteBuffer additionalData, byte[] bytes) throws GeneralSecurityException {
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce(number));
        cipher.updateAAD(additionalData.duplicate());
        return cipher.doFinal(bytes);
    }

    private static byte[] nonce(int number) {
        return ByteBuffer.allocate(NONCE_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        return cipher;
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("every Java has AES-256-GCM", e);
    }
}
