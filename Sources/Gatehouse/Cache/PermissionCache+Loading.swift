import Synchronization

extension PermissionCache {
    typealias Load = @Sendable () async throws(AuthorizerError) -> LoadedRoles

    /// The memory or the load that somebody who needs a member's roles finds.
    enum Joined {
        /// A load that ended meanwhile gave these.
        case known(ResolvedRoles)
        /// A load that was under way. The caller waits for its outcome.
        case joined(Flight)
        /// A load that was begun for this check. The caller waits for its outcome.
        case began(Flight)
        /// There is no load, since the largest number of loads is under way.
        case refused
    }

    /// Returns the remembered roles of a member, or the load of them that is under way, which begins if there is none.
    ///
    /// - Parameter previous: A load that ended and did not answer the caller. All callers after one such load wait for one next load, even
    ///   if that load has already ended.
    func rolesOrFlight(
        of member: Member,
        _ key: PermissionKey,
        atLeast revision: MembershipRevision?,
        after previous: Flight? = nil,
        load: @escaping Load
    ) -> Joined {
        // The cell is retained before the epoch is read, so that an invalidation finds the cell or precedes the load.
        let organization = organizations.retain(
            issuer: key.issuer.takeUnretainedValue(),
            organization: member.organization
        )
        let moment = moment()
        let new = Flight(member, organization, epoch: epoch.load(ordering: .acquiring), moment)
        let joined = withShard(of: key) { state -> Joined in
            if let slot = state.table.slots.find(key, usableAt: moment),
                state.table.details[slot].isFrom(atLeast: revision)
            {
                state.hits &+= 1
                return .known(state.table.slots.entry(at: slot).pointee.roles)
            }
            if let flight = previous?.successor ?? state.flights[member] {
                state.misses &+= 1
                flight.join()
                previous?.successor = flight
                return .joined(flight)
            }
            guard loading.increment(below: configuration.maximumLoads) else {
                state.refusals &+= 1
                return .refused
            }
            state.misses &+= 1
            state.loads &+= 1
            state.flights[member] = new
            previous?.successor = new
            return .began(new)
        }
        guard case .began = joined else {
            organizations.release(organization)
            // The invalidation of an organization looks for no load.
            if case .joined(let flight) = joined, !flight.isUseful { flight.cancel() }
            return joined
        }
        new.runs(
            as: Task.detached(executorPreference: configuration.executor) { [self] in
                do throws(AuthorizerError) {
                    finish(new, .success(try await load()))
                } catch {
                    finish(new, .failure(error))
                }
            }
        )
        return joined
    }
}
