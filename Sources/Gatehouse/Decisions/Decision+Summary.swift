extension Decision {
    /// The part of a decision that fits into a line of a log: so many reasons, each with a path of so many roles.
    private static let shownReasons = 4
    private static let shownRoles = 8

    /// The first reasons, and the number of further reasons. The length is bounded for every policy.
    var summary: String {
        let shown = reasons.prefix(Self.shownReasons).map { $0.text(naming: Self.shownRoles) }
        let rest = reasons.count - shown.count
        return shown.joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
    }
}
