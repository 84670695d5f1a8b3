import Gatehouse
import GatehouseBase
import GatehouseRecords

/// Random steps, the same for the same seed.
struct RecordSteps {
    enum Ending: Sendable {
        case commits, isUndone, undoesSavepoint
    }

    private var state: UInt64
    private var time: Int64 = 1_700_000_000_000
    private var lastWebhook = 0

    /// Names that stores confuse: with NUL, of equal looks, of nothing, and in the order of bytes.
    private static let names = ["a", "A", "b", "a\0", "a\0b", "a\u{1}", "é", "e\u{301}", "=a", "z", "🙂", ""]
    private static let issuers = ["https://i", "https://j", ""]

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }

    mutating func ending() -> Ending {
        switch number(0...9) {
        case 0: .isUndone
        case 1: .undoesSavepoint
        default: .commits
        }
    }

    private mutating func name() -> String { pick(Self.names) }
    /// A name of an object, which is not empty.
    private mutating func id() -> String { pick(Self.names.filter { !$0.isEmpty }) }
    private mutating func optionalName() -> String? { number(0...2) == 0 ? nil : name() }
    private mutating func issuer() -> String { pick(Self.issuers) }

    private mutating func instant() -> Timestamp {
        time += Int64(number(0...2_000))
        return Timestamp(clampingMilliseconds: time)
    }

    private mutating func version() -> ObjectVersion {
        ObjectVersion(updated: Int64(number(0...50)), told: Int64(number(0...50)), tie: name())
    }

    private mutating func member() -> Member { Member(name(), in: optionalName(), issuer: issuer()) }

    mutating func step() -> RecordStep {
        switch number(0...9) {
        case 0...2: webhookStep()
        case 3...4: directoryStep()
        case 5...6: holdingStep()
        case 7: changeStep()
        default: auditStep()
        }
    }

    private mutating func webhookStep() -> RecordStep {
        let (source, limit, now) = (pick(["clerk", "other"]), number(1...5), instant())
        switch number(0...9) {
        case 0...3:
            if number(0...3) > 0 { lastWebhook += 1 }
            let id = "w\(lastWebhook)"
            let body = (0..<number(0...20)).map { _ in UInt8(truncatingIfNeeded: next()) }
            let webhook = StoredWebhook(
                source: source,
                id: id,
                type: optionalName(),
                object: number(0...2) == 0 ? nil : pick(["user:1", "user:2", "a\0"]),
                user: number(0...2) == 0 ? nil : pick(["a", "a\0"]),
                received: now,
                body: body,
                state: pick([.pending, .pending, .done, .dead]),
                isApplied: number(0...1) == 0,
                error: optionalName()
            )
            return RecordStep("insert webhook \(id)") { "\(try $0.insert(webhook) != nil)" }
        case 4, 5:
            return RecordStep("claim \(limit)") { rows in
                let due = try rows.dueWebhooks(of: source, at: now, limit: limit)
                for var webhook in due {
                    (webhook.attempts, webhook.due) = (webhook.attempts + 1, now.advanced(by: .seconds(3)))
                    try rows.update(webhook)
                }
                return "\(due.map(\.withoutNumber))"
            }
        case 6:
            let (id, state) = ("w\(number(0...max(0, lastWebhook)))", pick(StoredWebhook.State.allCases))
            let error = optionalName()
            return RecordStep("finish \(id)") { rows in
                guard var webhook = try rows.webhook(source: source, id: id) else { return "none" }
                (webhook.state, webhook.isApplied, webhook.error, webhook.due) = (state, true, error, now)
                try rows.update(webhook)
                return "\(webhook.withoutNumber)"
            }
        case 7:
            let (object, version, isDeletion) = (name(), version(), number(0...1) == 0)
            return RecordStep("delivered") { rows in
                let held = try rows.deliveredVersion(of: object, source: source)
                try rows.setDelivered(DeliveredVersion(version, isDeletion: isDeletion), of: object, source: source)
                return "\(String(describing: held))"
            }
        case 8:
            return RecordStep("erase") { rows in
                let count = try rows.eraseBodies(ofUser: "a", source: source, includingPending: limit > 2)
                try rows.settleDeadLetters(of: source, receivedBefore: now.advanced(by: .seconds(-5)))
                return "\(count)"
            }
        default:
            let state: StoredWebhook.State? = number(0...1) == 0 ? nil : pick(StoredWebhook.State.allCases)
            return RecordStep("list webhooks", isRead: true) { rows in
                let first = try rows.webhooks(in: state, after: 0, limit: limit)
                let rest = try rows.webhooks(in: state, after: first.last?.number ?? 0, limit: 1_000)
                let due = try rows.nextDue(of: source)
                return "\((first + rest).map(\.withoutNumber)) \(String(describing: due)) "
                    + "\(String(describing: try rows.oldestUnapplied())) \(try rows.inboxState(of: source))"
            }
        }
    }

    private mutating func directoryStep() -> RecordStep {
        let (issuer, id, version, isDeleted) = (issuer(), id(), version(), number(0...4) == 0)
        let (user, organization, limit) = (optionalName(), optionalName(), number(1...4))
        switch number(0...5) {
        case 0:
            let value = DirectoryUser(
                id,
                email: optionalName(),
                firstName: optionalName(),
                created: number(0...1) == 0 ? nil : instant(),
                publicMetadata: pick([[:], ["a": ["b": [1, nil, "\0é"]]], ["n": "x"]]),
                isBanned: number(0...3) == 0,
                isLocked: number(0...3) == 0,
                passwordChanged: number(0...1) == 0 ? nil : instant()
            )
            return RecordStep("user \(id)") { rows in
                let held = try rows.user(id, issuer: issuer)
                try rows.setUser(DirectoryEntry(isDeleted ? nil : value, version: version), id: id, issuer: issuer)
                return "\(String(describing: held))"
            }
        case 1:
            let value = DirectoryOrganization(id, name: optionalName(), slug: optionalName(), updated: instant())
            return RecordStep("organization \(id)") { rows in
                let held = try rows.organization(id, issuer: issuer)
                let entry = DirectoryEntry(isDeleted ? nil : value, version: version)
                try rows.setOrganization(entry, id: id, issuer: issuer)
                return "\(String(describing: held))"
            }
        case 2:
            let value = DirectoryMembership(
                id,
                user: user ?? "u",
                organization: organization ?? "o",
                role: name(),
                created: instant()
            )
            return RecordStep("membership \(id)") { rows in
                let held = try rows.membership(id, issuer: issuer)
                let entry = DirectoryEntry(isDeleted ? nil : value, version: version)
                try rows.setMembership(entry, id: id, issuer: issuer)
                return "\(String(describing: held))"
            }
        case 3:
            let after = optionalName()
            return RecordStep("list directory", isRead: true) { rows in
                let users = try rows.users(issuer: issuer, after: after, limit: limit)
                let organizations = try rows.organizations(issuer: issuer, after: after, limit: limit)
                return "\(users) \(organizations) \(try rows.directoryIssuers())"
            }
        case 4:
            let told = Int64(number(0...60))
            return RecordStep("list objects", isRead: true) { rows in
                try DirectoryKind.allCases.map { kind in
                    "\(try rows.objects(kind, issuer: issuer, toldBefore: told, after: nil, limit: limit))"
                }
                .joined(separator: " ")
            }
        default:
            return RecordStep("list memberships", isRead: true) { rows in
                let found = try rows.memberships(
                    issuer: issuer,
                    user: user,
                    organization: organization,
                    after: nil,
                    limit: limit
                )
                return "\(found)"
            }
        }
    }

    private mutating func holdingStep() -> RecordStep {
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
            let holding = Holding(
                role,
                of: member,
                membership: number(0...2) == 0 ? nil : pick(["m1", "m2"]),
                since: now
            )
            return RecordStep("begin") { rows in
                // Nobody begins what is held.
                let isHeld = try rows.holdings(of: member).contains {
                    $0.role.role == role.role && $0.role.resource == role.resource
                        && $0.membership == holding.membership
                }
                if !isHeld { try rows.begin(holding) }
                return "\(try rows.holdings(of: member))"
            }
        case 2:
            return RecordStep("end") { rows in
                let held = try rows.holdings(of: member)
                if let first = held.first { try rows.end(first, at: now) }
                return "\(held) \(try rows.holdings(of: member))"
            }
        case 3:
            let issuer = issuer()
            return RecordStep("holdings at a time", isRead: true) { rows in
                "\(try rows.holdings(issuer: issuer, at: now).map { "\($0)" }.sorted()) \(try rows.holdingIssuers())"
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

    private mutating func scope() -> Invalidation.Scope {
        switch number(0...5) {
        case 0: .member(member())
        case 1: .user(issuer: issuer(), user: name())
        case 2: .organization(issuer: issuer(), organization: optionalName())
        case 3: .role(name())
        case 4: .session(issuer: issuer(), session: name())
        default: .everything
        }
    }

    /// A change by the rules above the rows.
    private mutating func changeStep() -> RecordStep {
        let (now, version, issuer) = (instant(), version(), issuer())
        let (user, organization) = (pick(["u1", "u2"]), pick(["o1", "o2"]))
        let membership = DirectoryMembership(
            pick(["m1", "m2", "m3"]),
            user: user,
            organization: organization,
            role: pick(["admin", "member"]),
            created: now
        )
        let change: DirectoryChange =
            switch number(0...6) {
            case 0, 1: .membership(membership, version)
            case 2: .membershipDeleted(membership, version)
            case 3: .userDeleted(user, version)
            case 4: .organizationDeleted(organization, version)
            case 5: .sessionEnded("s", version)
            default: .user(DirectoryUser(user, isBanned: number(0...1) == 0), version)
            }
        return RecordStep("\(change)") { rows in
            "\(try rows.apply(change, DirectoryRules(issuer: issuer), now: now).map(\.invalidation))"
        }
    }

    private mutating func auditStep() -> RecordStep {
        let (writer, now, limit) = (pick(["one", "two", "w\0"]), instant(), number(1...5))
        let (type, user, organization) = (pick(["decision", "x", "é"]), optionalName(), optionalName())
        let hash = (0..<32).map { _ in UInt8(truncatingIfNeeded: next()) }
        switch number(0...7) {
        case 0...2:
            let record = AuditRecord(
                type: type,
                time: now,
                outcome: number(0...1) == 0 ? .none : .allowed,
                organization: organization,
                requestID: optionalName(),
                user: user,
                facts: ["a": 1],
                personal: user == nil ? [:] : ["p": "\0"]
            )
            return RecordStep("audit row") { rows in
                var head = try rows.auditHead(of: writer) ?? AuditHead(writer: writer)
                try rows.insert(
                    AuditRow(
                        number: 0,
                        writer: writer,
                        sequence: head.size,
                        record: record,
                        salt: Array(hash.prefix(16)),
                        commitment: hash,
                        previous: head.hash,
                        hash: hash
                    )
                )
                head.hash = hash
                try head.tree.append(leafHash: hash)
                try rows.setAuditHead(head)
                return "\(head)"
            }
        case 3:
            var query = AuditQuery(
                types: number(0...1) == 0 ? [] : [type, "y"],
                user: user,
                organization: organization
            )
            if number(0...1) == 0 { query.since = Timestamp(clampingMilliseconds: time - 30_000) }
            if number(0...3) == 0 { query.outcome = .allowed }
            if number(0...1) == 0 { (query.user, query.organization) = (nil, nil) }
            let asked = query
            return RecordStep("audit query", isRead: true) { rows in
                let first = try rows.auditRows(asked, after: 0, limit: limit)
                let rest = try rows.auditRows(asked, after: first.last?.number ?? 0, limit: 1_000)
                let latest = try rows.latestAuditRows(asked, limit: limit)
                let counts = try rows.auditCounts(asked).map { "\($0)" }.sorted()
                return "\((first + rest).map(\.withoutNumber)) \(latest.map(\.withoutNumber)) \(counts)"
            }
        case 4:
            return RecordStep("audit chain", isRead: true) { rows in
                let first = try rows.auditRows(of: writer, from: 0, afterNumber: 0, limit: limit)
                let rest = try rows.auditRows(
                    of: writer,
                    from: first.last?.sequence ?? 0,
                    afterNumber: first.last?.number ?? 0,
                    limit: 1_000
                )
                return "\((first + rest).map(\.withoutNumber))"
            }
        case 5:
            let sequence = Int64(number(0...5))
            return RecordStep("redact, remove") { rows in
                if let row = try rows.auditRows(of: writer, from: 0, afterNumber: 0, limit: 1).first {
                    try rows.redact(number: row.number)
                }
                if limit == 1 { try rows.removeAuditRows(of: writer, before: sequence) }
                return "\(try rows.auditRows(of: writer, from: 0, afterNumber: 0, limit: 3).map(\.withoutNumber))"
            }
        case 6:
            let (size, note) = (Int64(number(0...9)), name())
            return RecordStep("checkpoint") { rows in
                try rows.addCheckpoint(note, writer: writer, size: size)
                return "\(try rows.checkpoints(of: writer))"
            }
        default:
            let policy = StoredPolicy(revision: pick(["r1", "r2", "r3"]), content: hash, since: now)
            return RecordStep("policy") { rows in
                try rows.addPolicy(policy)
                return "\(String(describing: try rows.policy(revision: policy.revision))) "
                    + "\(String(describing: try rows.policy(at: now.advanced(by: .milliseconds(-1)))))"
            }
        }
    }
}

extension StoredWebhook {
    fileprivate var withoutNumber: StoredWebhook {
        var webhook = self
        webhook.number = 0
        return webhook
    }
}

extension AuditRow {
    fileprivate var withoutNumber: String {
        var row = self
        row.number = 0
        return "\(row) \(row.record)"
    }
}
