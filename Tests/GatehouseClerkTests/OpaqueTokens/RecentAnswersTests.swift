import Testing

@testable import GatehouseClerk

@Suite("The memory of recent answers")
struct RecentAnswersTests {
    private static let keys = OpaqueTokenKey.Maker()

    private func key(_ number: Int) throws -> OpaqueTokenKey { try #require(Self.keys.key(of: "\(number)", .m2m)) }

    @Test("the memory holds answers up to its capacity, and drops the oldest first")
    func bounded() throws {
        var answers = RecentAnswers<Int>(capacity: 3)
        for number in 0..<10 {
            answers.remember(number, for: try key(number))
            #expect(answers.count == min(number + 1, 3))
            for other in 0..<10 {
                let expected = (max(0, number - 2)...number).contains(other) ? other : nil
                #expect(answers[try key(other)] == expected)
            }
        }
    }

    @Test("the memory holds the last answer of each token")
    func replaced() throws {
        let (first, second) = (try key(0), try key(1))
        var answers = RecentAnswers<Int>(capacity: 2)
        for number in 0..<10 { answers.remember(number, for: first) }
        answers.remember(11, for: second)
        #expect(answers.count == 2 && answers[first] == 9 && answers[second] == 11)
    }

    @Test("a forgotten answer gives its place to the next")
    func forgotten() throws {
        let keys = try (0..<4).map { try key($0) }
        var answers = RecentAnswers<Int>(capacity: 3)
        for number in 0..<3 { answers.remember(number, for: keys[number]) }
        answers.forget(keys[1])
        answers.forget(keys[1])
        #expect(answers.count == 2 && answers[keys[1]] == nil)
        answers.remember(10, for: keys[1])  // in place of the oldest, 0
        answers.remember(3, for: keys[3])  // where 1 was forgotten: the newer answer stays
        #expect(keys.map { answers[$0] } == [nil, 10, 2, 3])
        #expect(answers.count == 3)
    }

    @Test("a memory without room holds no answer", arguments: [0, -1, Int.min])
    func noRoom(capacity: Int) throws {
        var answers = RecentAnswers<Int>(capacity: capacity)
        let key = try key(1)
        answers.remember(1, for: key)
        #expect(answers.count == 0 && answers[key] == nil)
    }
}
