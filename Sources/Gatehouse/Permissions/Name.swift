/// The shape that permission names and role names share.
package enum Name {
    static let maximumBytes = 256
    static let maximumSegments = 16

    package static func isWellFormed(_ name: String) -> Bool {
        name.withUTF8Bytes { isWellFormed($0) }
    }

    /// Returns true if the bytes are 1 to 16 segments joined by `:`, each of at least one byte of `A-Z a-z 0-9 _ - .`.
    static func isWellFormed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= maximumBytes else { return false }
        var segments = 1
        var length = 0
        for byte in bytes {
            if byte == UInt8(ascii: ":") {
                guard length > 0 else { return false }
                segments += 1
                length = 0
            } else {
                guard isSegmentByte(byte) else { return false }
                length += 1
            }
        }
        return length > 0 && segments <= maximumSegments
    }

    /// Returns true if the text is one segment, as a resource type is.
    package static func isSegment(_ text: String) -> Bool {
        let bytes = text.utf8
        return !bytes.isEmpty && bytes.count <= maximumBytes && bytes.allSatisfy(isSegmentByte)
    }

    private static func isSegmentByte(_ byte: UInt8) -> Bool { byte.isWordByte || byte == UInt8(ascii: ".") }
}
