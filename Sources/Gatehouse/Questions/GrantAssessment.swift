/// An assessment of whether somebody may hand out a role without giving what they do not hold.
public struct GrantAssessment: Sendable, Hashable {
    /// The rights that the role would give and the principal does not hold, as patterns sorted by bytes; empty if it may be handed out.
    ///
    /// Every name that is given and not held matches one of them, and each of them matches such a name. Where a
    /// segment may be any but some, a `*` or `**` stands for it. Where finding out takes too much work, it is
    /// everything that the role gives.
    public var remainder: [PermissionPattern]

    /// Makes an assessment.
    public init(remainder: [PermissionPattern]) {
        self.remainder = remainder
    }

    /// True if the role gives nothing that the principal does not hold.
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
