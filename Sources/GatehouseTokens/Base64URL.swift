/// The encoding base64url without padding (RFC 7515 section 2), which is the only encoding that a token may use.
public enum Base64URL {
    /// Returns the bytes of a text; `nil` unless the text is canonical: only `A`–`Z`, `a`–`z`, `0`–`9`, `-`, `_`, no padding, a possible
    /// length, and zero in the unused bits (RFC 4648 section 3.5).
    public static func decode(_ text: String) -> [UInt8]? {
        text.withUTF8Bytes { decode($0) }
    }

    /// Returns the bytes of a text in UTF-8; `nil` unless the text is canonical.
    package static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        Base64.url.decode(text)
    }

    /// Decodes a text without an array: calls `body` with bytes that live until `body` returns; `nil` unless the text is canonical.
    static func withDecoded<Result>(
        _ text: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result? {
        Base64.url.withDecoded(text, body)
    }

    /// Returns true if ``decode(_:)`` would return bytes.
    package static func isCanonical(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        Base64.url.isCanonical(text)
    }

    /// Returns the text of these bytes.
    public static func encode(_ bytes: [UInt8]) -> String {
        String(decoding: Base64.url.encode(bytes), as: UTF8.self)
    }
}
