extension OpaqueTokenGate {
    /// The state of a gate, and the rules of its changes. The state is changed under a lock, and no change waits.
    struct State {
        /// A token that was accepted at the last question to its issuer.
        private struct Grant {
            /// The issuer's answer; `nil` if the answer is too large to be kept.
            var token: OpaqueToken?
            var until: MonotonicInstant
        }

        private struct Refusal {
            var error: TokenError
            var until: MonotonicInstant
        }

        enum Step {
            /// The token was accepted a moment ago. Its times are still to be checked.
            case good(OpaqueToken)
            case answer(OpaqueTokenVerdict)
            case wait(OpaqueTokenCall)
            case begin(OpaqueTokenCall)
        }

        private let limits: ClerkAuthenticator.Configuration.OpaqueTokens
        /// The accepted tokens. They are separate from the refused tokens, so that no number of refused tokens pushes out an accepted
        /// token.
        private var good: RecentAnswers<Grant>
        private var refused: RecentAnswers<Refusal>
        private var budget: CallBudget
        /// The last call about each token. A call that is over but has not returned yet is joined by no request.
        private var calls: [OpaqueTokenKey: OpaqueTokenCall] = [:]
        /// The number of calls that have not returned, including calls for which no request waits any more.
        private(set) var underWay = 0

        init(_ limits: ClerkAuthenticator.Configuration.OpaqueTokens) {
            self.limits = limits
            good = RecentAnswers(capacity: limits.rememberedTokens)
            refused = RecentAnswers(capacity: limits.rememberedRefusals)
            budget = CallBudget(perSecond: limits.callsPerSecond, burst: limits.callBurst)
        }

        /// The number of requests that wait for calls.
        var waiting: Int { calls.values.reduce(0) { $0 + ($1.isOver ? 0 : $1.participants) } }

        /// Returns the next step for a token. A call that the caller is about to begin is already counted.
        mutating func step(for key: OpaqueTokenKey, at now: MonotonicInstant) -> Step {
            let grant = good[key]
            if let token = grant?.token, let grant, now < grant.until { return .good(token) }
            if let refusal = refused[key], now < refusal.until { return .answer(.refused(refusal.error)) }
            if let call = calls[key], call.join() { return .wait(call) }
            if let error = refusal(ofCallAbout: grant, at: now) { return .answer(.unknown(error)) }
            underWay += 1
            let call = OpaqueTokenCall(key, start: now)
            calls[key] = call
            return .begin(call)
        }

        /// Returns the reason why no call may be made now; `nil` if a call may be made, which then uses the budget.
        ///
        /// A quarter of the places and of the burst is reserved for tokens that were accepted before, since invented tokens never were.
        private mutating func refusal(ofCallAbout grant: Grant?, at now: MonotonicInstant) -> OpaqueTokenError? {
            func reserve(of limit: Int) -> Int { grant == nil ? limit / 4 : 0 }
            let places = max(1, limits.callsInFlight)
            guard underWay < places - reserve(of: places) else {
                return .exhausted("as many calls are under way as may be", retryAfter: .seconds(1))
            }
            return budget.take(leaving: reserve(of: limits.callBurst), at: now).map {
                .exhausted("as many calls were made lately as may be", retryAfter: $0)
            }
        }

        /// Gives back the place of a call that returned, and remembers the verdict unless the call was over.
        mutating func finish(_ call: OpaqueTokenCall, _ verdict: OpaqueTokenVerdict) {
            underWay -= 1  // does not overflow: each call that is begun finishes once
            if calls[call.key] === call { calls[call.key] = nil }
            guard !call.isOver else { return }
            switch verdict {
            case .good(let token):
                let isKept = limits.timeToLive > .zero && token.fits(in: limits.maximumRememberedByteCount)
                let until = call.start.advanced(by: limits.timeToLive)
                good.remember(Grant(token: isKept ? token : nil, until: until), for: call.key)
            case .refused(let error):
                good.forget(call.key)
                let until = call.start.advanced(by: limits.negativeTimeToLive)
                refused.remember(Refusal(error: error, until: until), for: call.key)
            case .unknown: break
            }
        }
    }
}
