import GatehouseBase

/// A request's path that all parsers read alike.
public struct RequestPath: Sendable, Hashable {
    /// A part between two slashes.
    struct Segment: Sendable {
        /// The segment as it was sent.
        let raw: String
        /// The segment after percent-decoding.
        let text: String
    }

    /// The path as it was sent.
    public let text: String
    /// The parts between the slashes. The path `/` and a trailing slash have an empty part.
    let segments: [Segment]

    /// Reads a path as it was sent, without its query.
    ///
    /// - Throws: ``RequestPathError`` for a path that two parsers could read differently: with `//`, dot segments, `;`, `\`, an encoded
    ///   `/`, `;`, `\` or `%`, control characters, characters that must be encoded in a path, encodings that RFC 3986 section 6.2.2 would
    ///   not use, or encodings that are not UTF-8.
    public init(_ text: String) throws(RequestPathError) {
        let segments: Result<[Segment], RequestPathError> = text.withUTF8Bytes { bytes in
            Result { () throws(RequestPathError) in try Self.segments(of: bytes) }
        }
        self.segments = try segments.get()
        self.text = text
    }

    private static func segments(of bytes: UnsafeBufferPointer<UInt8>) throws(RequestPathError) -> [Segment] {
        guard bytes.first == UInt8(ascii: "/") else { throw RequestPathError(.noLeadingSlash, at: 0) }
        var segments: [Segment] = []
        var start = 1
        while true {
            let end = bytes.firstIndex(of: UInt8(ascii: "/"), from: start) ?? bytes.endIndex
            guard start < end || end == bytes.endIndex else { throw RequestPathError(.emptySegment, at: start) }
            segments.append(try Segment(bytes, start..<end))
            guard end < bytes.endIndex else { return segments }
            start = end + 1
        }
    }

    /// Returns true if a server's router, which decodes paths, has read this path as `path`, with or without a trailing slash.
    package func isRead(as path: String) -> Bool {
        let texts = segments.last?.text.isEmpty == true ? segments.dropLast() : segments[...]
        let mine = texts.map { "/" + $0.text }.joined()
        return mine.hasSameBytes(as: path) || (mine + "/").hasSameBytes(as: path)
    }

    public static func == (lhs: Self, rhs: Self) -> Bool { lhs.text.hasSameBytes(as: rhs.text) }

    public func hash(into hasher: inout Hasher) { hasher.combine(ByteText(text)) }
}

extension RequestPath.Segment {
    fileprivate init(_ path: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) throws(RequestPathError) {
        var index = range.lowerBound
        while index < range.upperBound, path[index].isPathCharacter { index += 1 }
        let bytes = path[range]
        if index == range.upperBound {
            // Nearly all segments are of this kind: the text equals the sent bytes.
            guard !bytes.isDotSegment else { throw RequestPathError(.dotSegment, at: range.lowerBound) }
            let text = String(decoding: UnsafeBufferPointer(rebasing: bytes), as: UTF8.self)
            self.init(raw: text, text: text)
        } else {
            try self.init(decoding: bytes)
        }
    }

    private init(decoding bytes: Slice<UnsafeBufferPointer<UInt8>>) throws(RequestPathError) {
        var decoded: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                decoded.append(try Self.decodedByte(bytes, at: index))
                index += 3
                continue
            }
            guard byte.isPathCharacter else { throw RequestPathError(noPathCharacter: byte, at: index) }
            decoded.append(byte)
            index += 1
        }
        guard !decoded.isDotSegment else {
            throw RequestPathError(.dotSegment, at: bytes.startIndex)
        }
        guard let text = String(validating: decoded, as: UTF8.self) else {
            throw RequestPathError(.invalidEncoding, at: bytes.startIndex)
        }
        guard !text.unicodeScalars.contains(where: \.breaksLines) else {
            throw RequestPathError(.controlCharacter, at: bytes.startIndex)
        }
        self.init(raw: String(decoding: bytes, as: UTF8.self), text: text)
    }

    /// Returns the byte that is encoded at this index.
    private static func decodedByte(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, at index: Int) throws(RequestPathError)
        -> UInt8
    {
        guard index + 2 < bytes.endIndex, let high = bytes[index + 1].upperHexValue,
            let low = bytes[index + 2].upperHexValue
        else { throw RequestPathError(.invalidEncoding, at: index) }
        let byte = high << 4 | low
        if byte.isControl { throw RequestPathError(.controlCharacter, at: index) }
        if byte.isUnreserved { throw RequestPathError(.needlessEncoding, at: index) }
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: "%"):
            throw RequestPathError(.encodedDelimiter, at: index)
        default: return byte
        }
    }
}

extension RequestPathError {
    fileprivate init(noPathCharacter byte: UInt8, at index: Int) {
        self.init(byte.isControl ? .controlCharacter : .invalidCharacter, at: index)
    }
}

extension Collection<UInt8> {
    /// True for `.` and `..` (RFC 3986 section 3.3).
    fileprivate var isDotSegment: Bool { (1...2).contains(count) && allSatisfy { $0 == UInt8(ascii: ".") } }
}

extension UInt8 {
    fileprivate var isControl: Bool { self < 0x20 || self == 0x7f }

    /// The value of a hexadecimal digit in upper case.
    fileprivate var upperHexValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Unicode.Scalar {
    /// True for a control character, and for the two separators that some parsers take for the end of a line.
    fileprivate var breaksLines: Bool {
        value < 0x20 || (0x7f...0x9f).contains(value) || value == 0x2028 || value == 0x2029
    }
}
