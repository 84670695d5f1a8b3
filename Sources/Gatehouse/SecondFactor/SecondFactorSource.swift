/// Knows which organizations demand a second factor of their members.
public protocol SecondFactorSource: Sendable {
    /// Returns true if an organization demands a second factor; `false` for one that the source does not know.
    ///
    /// - Parameter organization: The organization's id.
    /// - Throws: The error that keeps the source from answering: the request is then 503. A ``MembershipSourceError`` also says when that may be
    ///   over.
    func demandsSecondFactor(in organization: String) async throws -> Bool
}

extension JSONValue {
    /// True if an organization's public metadata has `mfa_required`. A value that is neither `false` nor null demands the second factor,
    /// whatever else was meant.
    package var demandsSecondFactor: Bool {
        switch self["mfa_required"] {
        case .none, .null, .bool(false): false
        default: true
        }
    }
}
