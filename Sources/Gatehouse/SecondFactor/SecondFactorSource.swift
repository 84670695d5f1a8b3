/// A source that knows which organizations demand a second factor of their members.
public protocol SecondFactorSource: Sendable {
    /// Returns true if an organization demands a second factor; `false` if the source does not know the organization.
    ///
    /// The call must end in bounded time, since a request waits for it, and only one call about an organization is open at a time.
    ///
    /// - Parameter organization: The organization's id.
    /// - Throws: The error that keeps the source from answering. The request is then 503. A ``MembershipSourceError`` may also say when to
    ///   try again.
    func demandsSecondFactor(in organization: String) async throws -> Bool
}

extension JSONValue {
    /// True if an organization's public metadata has `mfa_required`. Every value other than `false` and null demands the second factor.
    package var demandsSecondFactor: Bool {
        switch self["mfa_required"] {
        case .none, .null, .bool(false): false
        default: true
        }
    }
}
