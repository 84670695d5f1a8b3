extension String {
    /// The text for a message: at most 64 scalars, with all scalars but printable ASCII as `\\u{…}`.
    ///
    /// A text from outside must not bring line breaks, terminal codes or direction marks into a log.
    package var printable: String { printable(atMost: 64) }

    /// Returns the text for a message: at most `count` scalars, with all scalars but printable ASCII as `\\u{…}`.
    package func printable(atMost count: Int) -> String {
        var shown = ""
        let rest = unicodeScalars.dropFirst(count)
        for scalar in unicodeScalars[..<rest.startIndex] {
            if (" "..."~").contains(scalar) {
                shown.unicodeScalars.append(scalar)
            } else {
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return rest.isEmpty ? shown : shown + "…"
    }

    /// Returns the text for one line of a log: at most `limit` scalars. Control and format characters, line breaks, and scalars that
    /// Unicode has not assigned are written as `\\u{…}`.
    ///
    /// The method serves for texts of other software, such as errors: letters and quotation marks of any script stay unchanged.
    package func inOneLine(upTo limit: Int = 1_024) -> String {
        var line = ""
        for scalar in unicodeScalars.prefix(max(0, limit)) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
                line += "\\u{\(String(scalar.value, radix: 16))}"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return unicodeScalars.dropFirst(max(0, limit)).isEmpty ? line : line + "…"
    }
}
