import GatehouseTokens
import Synchronization

/// How clients get on that verify one token over and over.
final class Progress: Sendable {
    private struct State {
        var token: String?
        var verifications = 0
        var refusals: Set<TokenError> = []
        var waiting: (count: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    private let state: Mutex<State>

    init(token: String) {
        state = Mutex(State(token: token))
    }

    /// The token of this time; `nil` at the end.
    var token: String? { state.withLock { $0.token } }
    /// The refusals of tokens.
    var refusals: Set<TokenError> { state.withLock { $0.refusals } }

    /// Goes on with another token, and counts from 0.
    func start(with token: String) {
        state.withLock { state in
            state.token = token
            state.verifications = 0
        }
    }

    /// Comes to the end.
    func end() { state.withLock { $0.token = nil } }

    /// Counts one verification, if it was of this time's token.
    func note(_ refusal: TokenError?, of token: String) {
        let due = state.withLock { state in
            if let refusal { state.refusals.insert(refusal) }
            if token == state.token { state.verifications += 1 }
            guard let waiting = state.waiting, state.verifications >= waiting.count else {
                return CheckedContinuation<Void, Never>?.none
            }
            state.waiting = nil
            return waiting.continuation
        }
        due?.resume()
    }

    /// Waits until this time's token was verified so often.
    func waitForVerifications(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.verifications < count { state.waiting = (count, continuation) }
                return state.verifications >= count
            }
            if isThere { continuation.resume() }
        }
    }
}
