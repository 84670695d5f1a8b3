extension String {
    /// The text as a message may show it: at most 64 scalars, everything but printable ASCII as `\\u{…}`.
    ///
    /// What came from outside must not bring line breaks, terminal codes or direction marks into a log.
    package var printable: String { printable(atMost: 64) }

    /// The same for at most so many scalars.
    package func printable(atMost count: Int) -> String {
        var shown = ""
        let scalars = unicodeScalars.prefix(count)
        for scalar in scalars {
            if (" "..."~").contains(scalar) {
                shown.unicodeScalars.append(scalar)
            } else {
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return scalars.endIndex == unicodeScalars.endIndex ? shown : shown + "…"
    }
}
