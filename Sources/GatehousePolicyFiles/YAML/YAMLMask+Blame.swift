#if PolicyFiles
import GatehouseBase

extension YAMLMask {
    /// Returns the error for a masked text that libyaml does not read. If an indicator precedes the position of the error, the indicator is
    /// the reason.
    func blame(_ error: SyntaxError) -> SyntaxError {
        guard let indicator = firstBareIndicator(until: error.position) else { return error }
        return indicator
    }

    /// Returns an error for the first indicator that stands where a value begins, with no quote and no comment sign before it in its line.
    ///
    /// The method guesses, since a text that cannot be parsed has no tree.
    private func firstBareIndicator(until end: SourcePosition) -> SyntaxError? {
        var cursor = LineCursor()
        var line = 0
        var isBare = true
        var before = UInt8(ascii: ",")  // the last byte in the line except blanks
        var isAfterBlank = false
        for byte in original.bytes {
            guard cursor.position <= end else { return nil }
            if cursor.position.line != line {
                line = cursor.position.line
                isBare = true
                before = UInt8(ascii: ",")
            }
            if isBare, let indicator = Indicator(rawValue: byte), Self.mayPrecede(before, isAfterBlank) {
                return SyntaxError(indicator.message, at: cursor.position)
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "#"): isBare = false
            default: break
            }
            isAfterBlank = byte == 0x20 || byte == 0x09
            if !isAfterBlank { before = byte }
            cursor.advance(over: byte)
        }
        return nil
    }

    /// Returns true if a value may begin after this byte.
    private static func mayPrecede(_ byte: UInt8, _ isFollowedByBlank: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "{"): true
        case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "?"): isFollowedByBlank
        default: false
        }
    }
}
#endif
