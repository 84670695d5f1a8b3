#if Hummingbird
extension String {
    /// The placeholders of a route's path, in their order. Hummingbird describes every placeholder as `{name}`. A segment has at most one
    /// placeholder.
    var placeholders: [String] {
        split(separator: "/").compactMap { segment in
            guard let start = segment.firstIndex(of: "{"), let end = segment.lastIndex(of: "}"), start < end else {
                return nil
            }
            return String(segment[segment.index(after: start)..<end])
        }
    }
}
#endif
