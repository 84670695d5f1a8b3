#if PolicyFiles
import Gatehouse

/// A reader that makes a constraint from a mapping of a document.
struct ConstraintReader {
    private(set) var constraint = Constraint("", .dynamic, roles: [], limit: 1)
    private(set) var findings: [Finding] = []
    /// The positions of the parts that could be read.
    private(set) var positions: [Finding.Location: SourcePosition] = [:]

    init(_ members: [DocumentMember], at position: SourcePosition, _ index: Int) {
        typealias Members = EntryMembers<Finding.Location.ConstraintMember>
        var members = Members(
            members,
            "a constraint",
            at: position,
            required: Array(Finding.Location.ConstraintMember.allCases),
            .invalidConstraint
        )
        positions[.constraint(index, nil)] = position
        if let id = members.read(.id, "a string", { $0.string }) {
            constraint.id = id
            positions[.constraint(index, .id)] = members[.id]?.position
        }
        let kind = members.read(.kind, "“static” or “dynamic”") { $0.string.flatMap { Constraint.Kind(bytesOf: $0) } }
        if let kind {
            constraint.kind = kind
            positions[.constraint(index, .kind)] = members[.kind]?.position
        }
        if let roles = members.strings(.roles, placeholder: "") {
            constraint.roles = roles.map(\.text)
            for (entry, role) in roles.enumerated() {
                positions[.constraintRole(constraint: index, entry)] = role.position
            }
            // If an entry could not be read, the number of roles is unknown.
            if roles.allSatisfy({ $0.position != nil }) {
                positions[.constraint(index, .roles)] = members[.roles]?.position
            }
        }
        let limit = members.read(.limit, "a whole number") { node in
            if case .number(let number) = node.value { number.integer } else { nil }
        }
        if let limit {
            constraint.limit = limit
            if positions[.constraint(index, .roles)] != nil {
                positions[.constraint(index, .limit)] = members[.limit]?.position
            }
        }
        findings = members.findings
    }
}
#endif
