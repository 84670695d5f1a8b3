import GatehouseBase

extension ObjectVersion {
    /// Makes a version in three columns.
    package init(_ row: some StoredRow, at column: Int) throws {
        self.init(
            updated: try row.integer(column),
            told: try row.integer(column + 1),
            tie: try row.name(column + 2)
        )
    }
}

extension RecordedRole {
    /// Makes a recorded role in thirteen columns: issuer, user, organization, role, resource, bounds, membership, since and until.
    package init(_ row: some StoredRow) throws {
        let resource: ResourceID?
        if let type = try row.name(ifAny: 4), let id = try row.name(ifAny: 5) {
            guard let named = ResourceID(type: type, id: id) else { throw row.corrupt(4) }
            resource = named
        } else {
            resource = nil
        }
        self.init(
            RoleAssignment(
                try row.name(3),
                on: resource,
                notBefore: try row.instant(6),
                notAfter: try row.instant(8)
            ),
            of: Member(try row.name(1), in: try row.name(ofKey: 2), issuer: try row.name(0)),
            membership: try row.name(ifAny: 10),
            since: try row.time(11),
            until: try row.time(ifAny: 12)
        )
    }
}

extension Invalidation {
    /// Makes an invalidation in six columns.
    package init(_ row: some StoredRow, at column: Int) throws {
        let key = MarkKey(
            kind: try row.integer(column),
            issuer: try row.name(column + 1),
            organization: try row.name(ofKey: column + 2),
            name: try row.name(column + 3)
        )
        guard let scope = key.scope else { throw row.corrupt(column) }
        self.init(scope, revokedAt: try row.instant(column + 4))
    }
}

extension StoredPolicy {
    /// Makes a policy in three columns.
    package init(_ row: some StoredRow) throws {
        self.init(
            revision: try row.name(0),
            content: try row.bytes(1),
            since: Timestamp(clampingNanoseconds: try row.integer(2))
        )
    }
}

extension MerkleFrontier {
    /// Makes a tree from two columns: its size, and its roots one after another.
    package init(_ row: some StoredRow, at column: Int) throws {
        guard let tree = MerkleFrontier(size: try row.integer(column), bytes: try row.bytes(column + 1)) else {
            throw row.corrupt(column)
        }
        self = tree
    }
}

extension StoredWebhook {
    /// Makes a webhook in thirteen columns: number, source, id, type, object, received, body, state, attempts, due, is_applied, error and
    /// user.
    package init(_ row: some StoredRow) throws {
        let number = try row.integer(7)
        guard let state = State.allCases.first(where: { $0.number == number }) else { throw row.corrupt(7) }
        self.init(
            source: try row.name(1),
            id: try row.name(2),
            type: try row.name(ifAny: 3),
            object: try row.name(ifAny: 4),
            user: try row.name(ifAny: 12),
            received: try row.time(5),
            body: try row.bytes(6),
            state: state,
            isApplied: try row.bool(10),
            error: try row.name(ifAny: 11)
        )
        self.number = try row.integer(0)
        attempts = Int(clamping: try row.integer(8))
        due = try row.time(9)
    }
}

extension StoredWebhook.State {
    /// The state in a column. The numbers are stored, and never change.
    package var number: Int64 {
        switch self {
        case .pending: 0
        case .done: 1
        case .dead: 2
        }
    }
}
