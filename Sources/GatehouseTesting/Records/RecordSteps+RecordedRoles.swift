import Gatehouse
import GatehouseBase
import GatehouseRecords

extension RecordSteps {
    mutating func holdingStep() -> RecordStep {
        let (member, now, text) = (member(), instant(), optionalName())
        let role = RoleAssignment(
            pick(["admin", "member", "r\0"]),
            on: number(0...2) == 0 ? ResourceID(type: "doc", id: "1") : nil,
            notBefore: number(0...3) == 0 ? Timestamp(seconds: 5, nanoseconds: 7) : nil,
            notAfter: number(0...3) == 0 ? instant() : nil
        )
        switch number(0...7) {
        case 7:
            let untold = Invalidation(scope(), revokedAt: number(0...1) == 0 ? nil : now)
            let removes = number(0...2) == 0
            return RecordStep("untold") { rows in
                let added = try rows.addUntold(untold)
                let held = try rows.untold(after: 0, limit: 100)
                if removes { try rows.removeUntold(held.prefix(2).map(\.number)) }
                let rest = try rows.untold(after: added.number - 1, limit: 100)
                return "\(held.map(\.invalidation)) \(rest.map(\.invalidation))"
            }
        case 0, 1:
            let recorded = RecordedRole(
                role,
                of: member,
                membership: number(0...2) == 0 ? nil : pick(["m1", "m2"]),
                since: now
            )
            return RecordStep("begin") { rows in
                // A recorded role that is held already does not begin again.
                let isHeld = try rows.recordedRoles(of: member).contains {
                    $0.role.role == role.role && $0.role.resource == role.resource
                        && $0.membership == recorded.membership
                }
                if !isHeld { try rows.begin(recorded) }
                return "\(try rows.recordedRoles(of: member))"
            }
        case 2:
            return RecordStep("end") { rows in
                let held = try rows.recordedRoles(of: member)
                if let first = held.first { try rows.end(first, at: now) }
                return "\(held) \(try rows.recordedRoles(of: member))"
            }
        case 3:
            let issuer = issuer()
            return RecordStep("holdings at a time", isRead: true) { rows in
                "\(try rows.recordedRoles(issuer: issuer, at: now).map { "\($0)" }.sorted()) \(try rows.roleIssuers())"
            }
        case 4:
            let name = name()
            return RecordStep("note") { rows in
                let held = try rows.note(name)
                try rows.setNote(text, name)
                return "\(String(describing: held)) \(String(describing: try rows.note(name)))"
            }
        case 5:
            return RecordStep("revision") { rows in
                let before = try rows.revision()
                let after = try rows.advanceRevision()
                return "\(before < after) \(try rows.revision() == after)"
            }
        default:
            let mark = Invalidation(scope(), revokedAt: number(0...4) == 0 ? nil : now)
            // Stores may keep whole seconds of this bound.
            let (since, removes) = (
                Timestamp(clampingMilliseconds: time / 1_000 * 1_000 - 20_000), number(0...4) == 0
            )
            return RecordStep("mark") { rows in
                try rows.mark(mark)
                if removes { try rows.removeMarks(before: since) }
                return "\(try rows.marks(since: since).map { "\($0)" }.sorted())"
            }
        }
    }

    mutating func scope() -> Invalidation.Scope {
        switch number(0...5) {
        case 0: .member(member())
        case 1: .user(issuer: issuer(), user: name())
        case 2: .organization(issuer: issuer(), organization: optionalName())
        case 3: .role(name())
        case 4: .session(issuer: issuer(), session: name())
        default: .everything
        }
    }
}
