/// An assessment of whether a principal may hand out a role without giving rights that the principal does not hold.
public struct GrantAssessment: Sendable, Hashable {
    /// The rights of the role that the principal does not hold, as patterns sorted by bytes; empty if the role may be handed out.
    ///
    /// Every such right matches one of the patterns, and each pattern matches such a right. If a segment may be anything with some
    /// exceptions, a `*` or `**` stands for the segment. If the search takes too much work, the remainder is everything that the role
    /// gives.
    public var remainder: [PermissionPattern]

    /// Makes an assessment.
    public init(remainder: [PermissionPattern]) {
        self.remainder = remainder
    }

    /// True if the role gives no right that the principal does not hold.
    public var isAllowed: Bool { remainder.isEmpty }
}

extension GrantAssessment: CustomStringConvertible {
    /// A sentence, such as “not grantable: it gives org:invoices:*, which is not held”.
    public var description: String {
        guard !isAllowed else { return "grantable: everything that it gives is held" }
        let patterns = remainder.map(\.text).joined(separator: ", ")
        return "not grantable: it gives \(patterns), which \(remainder.count == 1 ? "is" : "are") not held"
    }
}
