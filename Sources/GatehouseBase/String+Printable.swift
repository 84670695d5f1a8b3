extension String {
    /// The text as a message may show it: at most 64 scalars, everything but printable ASCII as `\\u{…}`.
    ///
    /// What came from outside must not bring line breaks, terminal codes or direction marks into a log.
    package var printable: String {
        var shown = ""
        for scalar in unicodeScalars.prefix(64) {
            if (" "..."~").contains(scalar) {
                shown.unicodeScalars.append(scalar)
            } else {
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return unicodeScalars.count > 64 ? shown + "…" : shown
    }
}
