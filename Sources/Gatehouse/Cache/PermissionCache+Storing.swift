import Synchronization

extension PermissionCache {
    /// Ends a load: all waiting callers get its outcome, and its result is stored.
    func finish(_ flight: Flight, _ result: Result<LoadedRoles, AuthorizerError>) {
        let scope = scope(of: flight.member.issuer)
        scope.withKey(organization: flight.member.organization, user: flight.member.user) { key in
            switch result {
            case .success(let loaded): finish(flight, key, loaded)
            case .failure(let error):
                withShard(of: key) { state in
                    end(flight, &state)
                    state.failures &+= 1
                }
                organizations.release(flight.organization)
                flight.end(flight.isUseful ? .failed(error) : .overtaken)
            }
        }
    }

    /// Removes a load, so that another load may begin in its place, before any caller gets the outcome.
    private func end(_ flight: Flight, _ state: inout Shard.State) {
        state.flights[flight.member] = nil
        loading.subtract(1, ordering: .relaxed)
    }

    /// Stores the result of a load, unless there was an invalidation since its start, or the load was cancelled.
    private func finish(_ flight: Flight, _ key: PermissionKey, _ loaded: LoadedRoles) {
        let moment = moment()
        let validity = validity(of: loaded, flight, key, moment)
        let isWanted = makesRoom(for: loaded, flight, key, moment) && moment.now < validity.expires
        let hasRoom = isWanted && reserve(from: shardIndex(of: key), moment)
        let (outcome, isStored) = withShard(of: key) { state -> (Flight.Outcome, Bool) in
            end(flight, &state)
            guard flight.isUseful(giving: loaded) else { return (.overtaken, false) }
            guard hasRoom else { return (.loaded(loaded, validity), false) }
            state.table.insert(
                CachedEntry(key, flight.organization, loaded.roles, validity),
                EntryDetails(hash: key.hash, loaded.revision)
            )
            return (.loaded(loaded, validity), true)
        }
        if hasRoom, !isStored { reserved.subtract(1, ordering: .relaxed) }
        if !isStored {
            organizations.release(flight.organization)
            forgetListsIfEmpty()
        }
        flight.end(outcome)
    }

    /// Removes the member's entry, and some useless entries, so that no other entry is evicted for the result. Returns false if the result
    /// is not to be stored, since it is useless, or since the stored entry has this state of the source or a later state.
    private func makesRoom(for loaded: LoadedRoles, _ flight: Flight, _ key: PermissionKey, _ moment: CacheMoment)
        -> Bool
    {
        let (makesRoom, removed) = withShard(of: key) { state -> (Bool, [RemovedEntry]) in
            guard flight.isUseful(giving: loaded) else { return (false, []) }
            let swept = state.table.sweep(moment)
            guard let slot = state.table.slots.find(key) else { return (true, swept) }
            if let revision = loaded.revision, state.table.slots.entry(at: slot).pointee.isUsable(moment),
                state.table.details[slot].isFrom(atLeast: revision)
            {
                return (false, swept)
            }
            return (true, swept + [state.table.remove(at: slot)])
        }
        discard(removed)
        return makesRoom
    }

    private func validity(of loaded: LoadedRoles, _ flight: Flight, _ key: PermissionKey, _ moment: CacheMoment)
        -> Validity
    {
        // This is random enough, since hashes are keyed, and is equal in each run of a simulation.
        let random = Double(((key.hash ^ flight.start.nanoseconds) &* 0x9E37_79B9_7F4A_7C15) >> 11) * 0x1p-53
        let lifetime = configuration.lifetime(isNegative: loaded.roles.given.isEmpty, random: random)
        var expires = flight.start.advanced(by: lifetime)
        if let lifetime = loaded.lifetime { expires = min(expires, moment.now.advanced(by: lifetime)) }
        if flight.isProvisional {
            expires = min(expires, flight.start.advanced(by: configuration.disconnectedTimeToLive))
        }
        return Validity(expires: expires, epoch: flight.epoch, isProvisional: flight.isProvisional)
    }
}
