package dev.germline.blobstore;

/**
 * A part of an upload that S3 holds.
 *
 * @param number from 1
 * @param etag what S3 calls its content
 * @param size in bytes
 */
public record StagedPart(int number, String etag, long size) {}
