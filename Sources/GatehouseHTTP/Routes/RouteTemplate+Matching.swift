import GatehouseBase

extension RouteTemplate {
    /// Returns true if the template matches a path exactly.
    func matches(_ path: RequestPath) -> Bool {
        matches(path.segments[...], parts[...]) { $0.raw.hasSameBytes(as: $1) }
    }

    /// Returns true if a server's router could take a path for a path of the template. Such a router may decode segments before it compares
    /// them.
    func couldMatch(_ path: RequestPath, _ reading: HostReading) -> Bool {
        let ignoresCase = reading.contains(.ignoresCase)
        let ignoresSlash = reading.contains(.ignoresTrailingSlash)
        return matches(
            ignoresSlash ? path.segments.withoutTrailingSlash(\.raw.isEmpty) : path.segments[...],
            ignoresSlash ? parts.withoutTrailingSlash { $0 == .literal("") } : parts[...]
        ) { segment, literal in
            segment.raw.hasSameBytes(as: literal) || segment.text.hasSameBytes(as: literal)
                || (ignoresCase && segment.text.hasSameLetters(as: literal))
        }
    }

    /// Returns the values of the placeholders in a path that the template matches.
    func parameters(of path: RequestPath) -> [(name: String, value: String)] {
        zip(parts, path.segments).compactMap { part, segment in
            if case .placeholder(let name) = part { (name, segment.text) } else { nil }
        }
    }

    private func matches(
        _ segments: ArraySlice<RequestPath.Segment>,
        _ parts: ArraySlice<Part>,
        _ isLiteral: (RequestPath.Segment, String) -> Bool
    ) -> Bool {
        var segments = segments
        for part in parts {
            if part == .rest { return true }
            guard let segment = segments.popFirst() else { return false }
            switch part {
            case .literal(let literal): guard isLiteral(segment, literal) else { return false }
            case .placeholder, .anySegment: guard !segment.raw.isEmpty else { return false }
            case .rest: return true
            }
        }
        return segments.isEmpty
    }
}

extension Array {
    /// Returns all elements except an empty last element that follows others.
    fileprivate func withoutTrailingSlash(_ isEmpty: (Element) -> Bool) -> ArraySlice<Element> {
        guard count > 1, let last, isEmpty(last) else { return self[...] }
        return dropLast()
    }
}

extension String {
    /// Returns true if both texts have equal letters, without regard to case. A router may fold more than ASCII, and so does this method.
    fileprivate func hasSameLetters(as other: String) -> Bool {
        let isFolded = withUTF8Bytes { mine in other.withUTF8Bytes { mine.hasSameASCIIFoldedBytes(as: $0) } }
        let isASCII = utf8.allSatisfy { $0 < 0x80 } && other.utf8.allSatisfy { $0 < 0x80 }
        return isFolded
            || !isASCII
                && (lowercased().hasSameBytes(as: other.lowercased())
                    || uppercased().hasSameBytes(as: other.uppercased()))
    }
}
