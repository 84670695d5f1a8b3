extension String {
    /// The text as a message may show it: at most 64 scalars, everything but printable ASCII as `\\u{…}`.
    ///
    /// A text from outside must not bring line breaks, terminal codes or direction marks into a log.
    package var printable: String { printable(atMost: 64) }

    /// As ``printable``, with so many scalars.
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

    /// The text as one line of a log may hold it: at most `limit` scalars, with control and format characters, line breaks, and
    /// scalars that Unicode has not assigned as `\\u{…}`.
    ///
    /// For sentences of others, such as errors: letters and quotation marks of any script stay as they are.
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
