import GatehouseBase

extension DirectoryResync {
    /// Returns true if the directory had one of the objects, not deleted, before this resync began.
    func isAnyHeld(_ changes: [(DirectoryKind, String, DirectoryChange)], _ state: DirectoryResyncState)
        async throws -> Bool
    {
        let (issuer, ids) = (rules.issuer, changes.map { ($0.0, $0.1) })
        return try await store.read { rows in
            try ids.contains { kind, id in
                try rows.isHeld(kind, id, issuer: issuer, toldBefore: state.began.milliseconds)
            }
        }
    }

    /// Throws if the original lists none of the objects in the directory, so that they are not all deleted. Such a list belongs to another
    /// instance, or to an instance without objects.
    func requireSameInstance(_ state: DirectoryResyncState) async throws {
        guard !state.isKnown else { return }
        let (issuer, limit) = (rules.issuer, state.began.milliseconds)
        let isEmpty = try await store.read { rows in
            try DirectoryKind.allCases.allSatisfy {
                try rows.objects($0, issuer: issuer, toldBefore: limit, after: nil, limit: 1).isEmpty
            }
        }
        if !isEmpty {
            throw DirectoryResyncError(
                .otherInstance,
                "the original lists nothing that the directory of \(issuer) holds: it seems to be another instance, and nothing was removed"
            )
        }
    }

    /// Finds the objects that the original no longer has.
    func sweep(
        _ kind: DirectoryKind,
        _ state: DirectoryResyncState,
        _ repairs: Bool,
        _ seen: Set<ByteText>,
        _ drift: inout DirectoryDrift
    ) async throws {
        let issuer = rules.issuer
        let limit = repairs ? state.began.milliseconds : Int64.max
        var last: String?
        while true {
            let after = last
            let page = try await store.read {
                try $0.objects(kind, issuer: issuer, toldBefore: limit, after: after, limit: 500)
            }
            guard let end = page.last else { return }
            for id in page where !seen.contains(ByteText(id)) {
                guard let change = try await deletion(of: kind, id, state) else { continue }
                drift.add(kind, id, .gone)
                if repairs { _ = try await take([change], repairs: true, state) }
                try await pause()
            }
            last = end
        }
    }

    /// Returns the deletion of an object; `nil` if the original has the object.
    private func deletion(of kind: DirectoryKind, _ id: String, _ state: DirectoryResyncState) async throws
        -> DirectoryChange?
    {
        let told = state.began.milliseconds
        let (version, issuer) = (ObjectVersion(updated: told, told: told, tie: ""), rules.issuer)
        switch kind {
        case .user: return try await backend.user(id) == nil ? .userDeleted(id, version) : nil
        case .organization: return try await backend.organization(id) == nil ? .organizationDeleted(id, version) : nil
        case .membership:
            guard let held = try await store.read({ try $0.membership(id, issuer: issuer)?.object }) else { return nil }
            let there = try await backend.memberships(of: held.user, in: held.organization)
            return there.contains { $0.id.hasSameBytes(as: id) } ? nil : .membershipDeleted(held, version)
        }
    }
}
