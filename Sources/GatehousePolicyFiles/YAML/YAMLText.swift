#if PolicyFiles
import GatehouseBase

/// A text that may be YAML: valid UTF-8 with only the characters that YAML allows (YAML 1.2.2, section 5.1).
///
/// The line breaks of Unicode (U+0085, U+2028, U+2029) are refused: YAML 1.2 takes them for content and libyaml, by YAML 1.1, for line
/// breaks. A byte-order mark at the start is dropped, and any other byte-order mark is refused.
struct YAMLText {
    let bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) throws(SyntaxError) {
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        if !Self.isPlainlyAllowed(self.bytes), let error = Self.firstError(in: self.bytes) { throw error }
    }

    /// Returns true if the text is valid and has no character that is not allowed. A text with a surrogate is not valid.
    private static func isPlainlyAllowed(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            for (index, byte) in bytes.enumerated() {
                switch byte {
                case 0x20...0x7E, 0x09, 0x0A, 0x0D, 0x80...0xC1, 0xC3...0xE1, 0xE3...0xEE, 0xF0...0xFF: continue
                case 0xC2 where index + 1 < bytes.count && bytes[index + 1] >= 0xA0: continue
                case 0xE2, 0xEF:
                    guard index + 2 < bytes.count else { return false }
                    switch (byte, bytes[index + 1], bytes[index + 2]) {
                    case (0xE2, 0x80, 0xA8...0xA9), (0xEF, 0xBB, 0xBF), (0xEF, 0xBF, 0xBE...0xBF): return false
                    default: continue
                    }
                default: return false
                }
            }
            return String(validating: bytes, as: UTF8.self) != nil
        }
    }

    private static func firstError(in bytes: ArraySlice<UInt8>) -> SyntaxError? {
        var cursor = LineCursor()
        var decoder = Unicode.UTF8.ForwardParser()
        var input = bytes.makeIterator()
        while true {
            switch decoder.parseScalar(from: &input) {
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                guard isAllowed(scalar) else {
                    return SyntaxError("the character \(name(of: scalar)) is not allowed", at: cursor.position)
                }
                for byte in encoded { cursor.advance(over: byte) }
            case .emptyInput: return nil
            case .error: return SyntaxError("this is not valid UTF-8", at: cursor.position)
            }
        }
    }

    /// The position of the first line with content if that line is a directive, such as `%YAML 1.1`; `nil` otherwise.
    var firstDirective: SourcePosition? {
        var cursor = LineCursor()
        var isComment = false
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "%") where cursor.position.column == 1: return cursor.position
            case 0x0A, 0x0D: isComment = false
            case 0x20, 0x09: break
            case UInt8(ascii: "#"): isComment = true
            default: guard isComment else { return nil }
            }
            cursor.advance(over: byte)
        }
        return nil
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
            0x1_0000...0x10_FFFF:
            true
        default: false
        }
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}

/// A cursor that counts lines as YAML does. A line ends at LF, CR, or CR and LF together.
struct LineCursor {
    private(set) var position: SourcePosition
    private var isAfterReturn = false

    init(at position: SourcePosition = SourcePosition(line: 1, column: 1)) {
        self.position = position
    }

    /// Goes past a byte of a valid text. Only the first byte of a character moves the column.
    mutating func advance(over byte: UInt8) {
        switch byte {
        case 0x0A where isAfterReturn: isAfterReturn = false
        case 0x0A, 0x0D:
            position = SourcePosition(line: position.line + 1, column: 1)
            isAfterReturn = byte == 0x0D
        case 0x80...0xBF: break
        default:
            position.column += 1
            isAfterReturn = false
        }
    }
}
#endif
