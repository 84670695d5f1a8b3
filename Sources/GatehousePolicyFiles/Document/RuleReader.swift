#if PolicyFiles
import Gatehouse

/// A reader that makes a rule from a mapping of a document.
struct RuleReader {
    private(set) var rule = Rule("", .deny, permissions: [], roles: [])
    private(set) var findings: [Finding] = []
    /// The positions of the parts that could be read.
    private(set) var positions: [Finding.Location: SourcePosition] = [:]
    private let index: Int

    init(_ members: [DocumentMember], at position: SourcePosition, _ index: Int) {
        self.index = index
        positions[.rule(index, nil)] = position
        typealias Members = EntryMembers<Finding.Location.RuleMember>
        var members = Members(
            members,
            "a rule",
            at: position,
            required: [.id, .effect, .roles, .permissions],
            .invalidRule
        )
        if let id = members.read(.id, "a string", { $0.string }) {
            rule.id = id
            place(.id, members)
        }
        if let effect = members.read(.effect, "“allow” or “deny”", { $0.string.flatMap { Rule.Effect(bytesOf: $0) } }) {
            rule.effect = effect
            place(.effect, members)
        }
        if let node = members[.roles], node.string?.hasSameBytes(as: Rule.everyone) == true {
            rule.roles = [Rule.everyone]
            place(.roles, members)
        } else if let roles = members.strings(.roles, placeholder: Rule.everyone) {
            rule.roles = roles.map(\.text)
            place(.roles, members)
            for (entry, role) in roles.enumerated() { positions[.ruleRole(rule: index, entry)] = role.position }
        }
        if let permissions = members.strings(.permissions, placeholder: "**") {
            rule.permissions = permissions.map(\.text)
            place(.permissions, members)
            for (entry, permission) in permissions.enumerated() {
                positions[.rulePermission(rule: index, entry)] = permission.position
            }
        }
        findings = members.findings
        if let node = members[.when] {
            var reader = ConditionReader(rule: index)
            rule.condition = reader.condition(node, path: [])
            findings += reader.findings
            positions.merge(reader.positions) { _, new in new }
        }
    }

    private mutating func place(
        _ name: Finding.Location.RuleMember,
        _ members: EntryMembers<Finding.Location.RuleMember>
    ) {
        positions[.rule(index, name)] = members[name]?.position
    }
}
#endif
