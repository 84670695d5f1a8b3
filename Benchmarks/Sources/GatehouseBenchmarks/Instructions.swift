/// One thing done so many times and nothing else, for callgrind: instructions do not drift with the machine.
enum Instructions {
    static func run(_ name: String, count: Int) async throws {
        switch name {
        case "uncached-policy": try UncachedDecisions().uncached(count)
        case "conditional": try ConditionalRule(isConditional: true).onResource(count)
        case "unconditional": try ConditionalRule(isConditional: false).onResource(count)
        case "cached-check": try await CachedCheck(members: 1).byStrings(count)
        case "typed-check": try await CachedCheck(members: 1).typed(count)
        case "resolved-check": try await CachedCheck(members: 1).resolved(count)
        case "resolved-principal": try await CachedCheck(members: 1).byResolvedPrincipal(count)
        case "guarded-request": try await RememberedRequest(hasStore: false).guarded(count)
        case "cold-token": try ColdVerification().ours(count)
        case "libcrypto": try ColdVerification().libcrypto(count)
        default: throw WrongAnswer()
        }
    }
}
