extension String {
    /// The text as a message may show it: at most 64 bytes, everything but printable ASCII replaced by `?`.
    ///
    /// What came from outside must not bring line breaks, terminal codes or direction marks into a log.
    package var printable: String {
        var shown = String(
            decoding: utf8.prefix(64).map { $0 >= 0x20 && $0 < 0x7F ? $0 : UInt8(ascii: "?") },
            as: UTF8.self
        )
        if utf8.count > 64 { shown += "…" }
        return shown
    }
}
