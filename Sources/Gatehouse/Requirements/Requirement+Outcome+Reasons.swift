extension Requirement.Outcome {
    /// The number of branches of an `anyOf` whose reasons are shown.
    private static let shownBranches = 8
    private static let shownCharacters = 200

    /// Returns the outcome under `not`: allowed and refused change places.
    func opposite(of requirement: Requirement) -> Self {
        switch self {
        case .allowed: .refused("\(requirement) is there, and must not be")
        case .refused: .allowed
        case .unauthenticated, .unavailable: self
        }
    }

    /// Returns a refusal by each of several branches, for these reasons.
    static func refused(everyBranch reasons: [String], reverification: Reverification? = nil) -> Self {
        let shown = reasons.prefix(shownBranches).map { $0.inOneLine(upTo: shownCharacters) }
        let rest = reasons.count - shown.count
        return .refused(
            shown.joined(separator: ", and ") + (rest > 0 ? ", and \(rest) more" : ""),
            reverification: reverification
        )
    }
}
