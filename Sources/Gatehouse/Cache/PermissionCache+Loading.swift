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
        /// As many loads were under way as may be at a time.
        case refused
    }

    /// Returns the roles that are remembered of a member by now, or the load of them that is under way, begun if there is none.
    ///
    /// - Parameter previous: a load that ended, and did not answer the caller: who comes after the same one waits for the same next one,
    ///   also where that has ended by now.
    func rolesOrFlight(
        of member: Member,
        _ key: PermissionKey,
        atLeast revision: MembershipRevision?,
        after previous: Flight? = nil,
        load: @escaping Load
    ) -> Joined {
        // Before the epoch is read: an invalidation then finds the cell or comes before the load.
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
