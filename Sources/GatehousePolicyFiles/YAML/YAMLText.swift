#if PolicyFiles
import GatehouseBase

/// A text that may be YAML: valid UTF-8 of characters that YAML allows (YAML 1.2.2, section 5.1).
///
/// The line breaks of Unicode (U+0085, U+2028, U+2029) are refused: YAML 1.2 takes them for content and libyaml,
/// by YAML 1.1, for line breaks. So is a byte-order mark but the one at the start, which is dropped.
struct YAMLText {
    let bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) throws(SyntaxError) {
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        if !Self.isPlainlyAllowed(self.bytes), let error = Self.firstError(in: self.bytes) { throw error }
    }

    /// Whether the text is valid and has none of the bytes that may be part of a character that is not allowed.
    private static func isPlainlyAllowed(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            bytes.allSatisfy { byte in
                byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09
                    || byte > 0xC2 && byte != 0xE2 && byte != 0xEF || byte & 0xC0 == 0x80
            } && String(validating: bytes, as: UTF8.self) != nil
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
                cursor.advance(over: scalar)
            case .emptyInput: return nil
            case .error: return SyntaxError("this is not valid UTF-8", at: cursor.position)
            }
        }
    }

    /// The first line with content, if that is a directive such as `%YAML 1.1`.
    var firstDirective: SourcePosition? {
        for line in bytes.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            if line.first == UInt8(ascii: "%") {
                var cursor = LineCursor()
                for scalar in String(decoding: bytes[..<line.startIndex], as: UTF8.self).unicodeScalars {
                    cursor.advance(over: scalar)
                }
                return cursor.position
            }
            let content = line.first { $0 != 0x20 && $0 != 0x09 }
            guard content == nil || content == UInt8(ascii: "#") else { return nil }
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

/// Counts lines as YAML does: they end at LF, CR or both together.
struct LineCursor {
    private(set) var position = SourcePosition(line: 1, column: 1)
    private var isAfterReturn = false

    mutating func advance(over scalar: Unicode.Scalar) {
        switch scalar {
        case "\n" where isAfterReturn: isAfterReturn = false
        case "\n", "\r":
            position = SourcePosition(line: position.line + 1, column: 1)
            isAfterReturn = scalar == "\r"
        default:
            position.column += 1
            isAfterReturn = false
        }
    }
}
#endif
