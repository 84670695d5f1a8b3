import GatehouseRecords
import SeededGenerator
import Testing

struct RetryScheduleTests {
    @Test func `Waits are random up to a bound that doubles, and end after the attempts`() {
        let schedule = RetrySchedule(base: .seconds(1), limit: .seconds(10), attempts: 8)
        var generator = SeededGenerator(seed: 1)
        for attempt in 1..<8 {
            let bound = min(10, 1 << (attempt - 1))
            let waits = (0..<200).compactMap { _ in schedule.wait(afterAttempt: attempt, using: &generator) }
            #expect(waits.count == 200)
            #expect(waits.allSatisfy { $0 >= .zero && $0 <= .seconds(bound) })
            #expect((waits.max() ?? .zero) > .seconds(bound) * 0.8)
            #expect((waits.min() ?? .zero) < .seconds(bound) * 0.2)
        }
        #expect(schedule.wait(afterAttempt: 8, using: &generator) == nil)
        #expect(
            RetrySchedule(base: .seconds(Int64.max), limit: .seconds(Int64.max)).wait(
                afterAttempt: 3,
                using: &generator
            ) != nil
        )
    }
}
