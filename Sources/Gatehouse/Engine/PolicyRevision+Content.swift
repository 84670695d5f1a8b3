extension PolicyRevision {
    /// The revision of a policy: a hash of everything in it, each text with its length before it.
    init(of policy: Policy) {
        var content: [UInt8] = []
        content.append([[policy.combining.rawValue]])
        content.append(policy.permissions?.map { [$0.name, $0.description] })
        content.append(count: policy.roles.count)
        for role in policy.roles {
            content.append([[role.name], role.description.map { [$0] } ?? [], role.inherits, role.grants, role.denies])
        }
        content.append(count: policy.rules.count)
        for rule in policy.rules {
            let condition = rule.condition.map { [$0.json.description] } ?? []
            content.append([[rule.id, rule.effect.rawValue], rule.roles, rule.permissions, condition])
        }
        content.append(count: policy.constraints.count)
        for constraint in policy.constraints {
            content.append([[constraint.id, constraint.kind.rawValue, "\(constraint.limit)"], constraint.roles])
        }
        for assignment in policy.assignments {
            content.append([
                [assignment.principal], assignment.organization.map { [$0] } ?? [], [assignment.role.role],
                assignment.role.resource.map { [$0.description] } ?? [],
                assignment.role.notBefore.map { [$0.description] } ?? [],
                assignment.role.notAfter.map { [$0.description] } ?? [],
            ])
        }
        let hash = content.withUnsafeBufferPointer { ByteHash.unkeyed.hash($0) }
        let digits = String(hash, radix: 16)
        text = String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ lists: [[String]]?) {
        append(count: lists.map { $0.count + 1 } ?? 0)
        for list in lists ?? [] {
            append(count: list.count)
            for text in list {
                append(count: text.utf8.count)
                self += text.utf8
            }
        }
    }

    fileprivate mutating func append(count: Int) {
        for shift in stride(from: 0, to: 64, by: 8) { append(UInt8(truncatingIfNeeded: count >> shift)) }
    }
}
