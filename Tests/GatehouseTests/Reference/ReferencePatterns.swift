import Gatehouse

/// The patterns of a policy, split once.
struct ReferencePatterns {
    private var parts: [String: [String]] = [:]

    init(_ policy: Policy) {
        for text in policy.roles.flatMap({ $0.grants + $0.denies }) + policy.rules.flatMap(\.permissions) {
            parts[text] = Self.segments(text)
        }
    }

    func match(_ pattern: String, _ name: [String]) -> Bool {
        Self.matches((parts[pattern] ?? Self.segments(pattern))[...], name[...])
    }

    static func segments(_ text: String) -> [String] { text.split(separator: ":").map(String.init) }

    /// Segment by segment: `*` is any one, and `**` one or more to the end.
    static func matches(_ pattern: ArraySlice<String>, _ name: ArraySlice<String>) -> Bool {
        guard let expected = pattern.first else { return name.isEmpty }
        guard let segment = name.first else { return false }
        if expected == "**" { return true }
        return (expected == "*" || expected == segment) && matches(pattern.dropFirst(), name.dropFirst())
    }
}

extension ReferenceEvaluator {
    /// True if a pattern matches a name.
    static func matches(_ pattern: String, _ name: String) -> Bool {
        ReferencePatterns.matches(ReferencePatterns.segments(pattern)[...], ReferencePatterns.segments(name)[...])
    }
}
