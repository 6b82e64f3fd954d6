package io.patchcord.agent.pipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextForSpeechTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                // Mark-up.
                text("**Yes**, _we_ are `open`.", "Yes, we are open."),
                text("## Opening hours\nNine to five", "Opening hours. Nine to five"),
                text("- apples\n- pears", "apples. pears"),
                text("1. Open the door.", "one, Open the door."),
                text("[our site](https://example.com)", "our site"),
                text("Before.\n```\nx = 1;\n```\nAfter.", "Before. After."),
                text("<think>Hm.</think>Hello.", "Hello."),
                text("Fish &amp; chips", "Fish and chips"),
                // Emojis and typography.
                text("Great! 😀👍🏽 See you 👋", "Great! See you"),
                text("“It’s fine” — really…", "It's fine, really."),
                text("Wait... what?!", "Wait, what?"),
                text("We close (today only) at six.", "We close, today only, at six."),
                text("Great!!!", "Great!"),
                text("(No.) Fine.", "No. Fine."),
                // Money.
                text("It costs $3.50.", "It costs three dollars and fifty cents."),
                text("It costs $1.", "It costs one dollar."),
                text("$0.99", "ninety-nine cents"),
                text("$1,200 or 1,200 €", "one thousand two hundred dollars or one thousand two hundred euros"),
                text("$1.2M and £3 million", "one point two million dollars and three million pounds"),
                text("€5.01, 3,50 € or 20 EUR", "five euros and one cent, three euros and fifty cents or twenty euros"),
                text("$20/month", "twenty dollars per month"),
                text("a loss of -$5", "a loss of minus five dollars"),
                text("$10-$20", "ten dollars to twenty dollars"),
                // Numbers.
                text(
                        "3.5 and 1,234 and 0.75",
                        "three point five and one thousand two hundred thirty-four and zero point seven five"),
                text("1000000 or 1,000,000", "one zero zero zero zero zero zero or one million"),
                text("It is -5 degrees.", "It is minus five degrees."),
                text("50% off, 2.5 % more", "fifty percent off, two point five percent more"),
                text("1st, 2nd, 3rd, 12th, 21st and 30th", "first, second, third, twelfth, twenty-first and thirtieth"),
                text(
                        "½ an hour, 2½ hours, 3/4 full, 4/5 stars",
                        "one half an hour, two and a half hours, three quarters full, four out of five stars"),
                text("24/7", "twenty-four seven"),
                text(
                        "20°C, 5 km, 1 kg, 60 mph, 16GB",
                        "twenty degrees Celsius, five kilometers, one kilogram, sixty miles per hour, sixteen gigabytes"),
                text("COVID-19, B2B, MP3, 4K", "COVID nineteen, B two B, MP three, four K"),
                text("2 + 2 = 4", "two plus two equals four"),
                text("3 * 4 and 5x6", "three times four and five by six"),
                text("version 2.10.3", "version two dot ten dot three"),
                text("50 ft. of rope, 3 lbs. of nails, 6 ft.", "fifty feet of rope, three pounds of nails, six feet."),
                text("1/2 lb of butter", "one half pound of butter"),
                text(
                        "orders >$100, parcels <5 kg",
                        "orders more than one hundred dollars, parcels less than five kilograms"),
                text("Open Settings > Network.", "Open Settings, then Network."),
                text("your card ending in 4242", "your card ending in four two four two"),
                text(
                        "an order in 2026, a lease ending in 2027",
                        "an order in twenty twenty-six, a lease ending in twenty twenty-seven"),
                text("3/4 in stock, 1/2 in the shop", "three quarters in stock, one half in the shop"),
                // Keys of the telephone.
                text("Press *72.", "Press star seven two."),
                text("Press *1* or **2** now.", "Press one or two now."),
                text(
                        "Dial *21*5551234# and wait.",
                        "Dial star two one star five five five one two three four pound and wait."),
                text("Enter 1234#, or # to go back.", "Enter one two three four pound, or pound to go back."),
                text("2 for support, or * to repeat.", "two for support, or star to repeat."),
                text("The '*' or the \"#\" key (#).", "The 'star' or the pound key, pound."),
                text("Press the * key, or *.", "Press the star key, or star."),
                text("rated 4.5/5", "rated four point five out of five"),
                text("Open *24 hours a day*.", "Open twenty-four hours a day."),
                text("Press 1 for order #5.", "Press one for order number five."),
                text("#5 is room 007", "number five is room zero zero seven"),
                text("9-5", "nine to five"),
                text(
                        "€1.250,00 or 1 250 €",
                        "one thousand two hundred fifty euros or one thousand two hundred fifty euros"),
                text("16:9", "sixteen to nine"),
                text("v2.3 is 2x faster", "version two point three is two times faster"),
                text("5'10\" tall, 50/50", "five foot ten tall, fifty fifty"),
                text("C++ and C#", "C plus plus and C sharp"),
                text("10k people", "ten thousand people"),
                // Times and dates.
                text("9:30 am", "nine thirty a.m."),
                text("9:30 a.m.", "nine thirty a.m."),
                text("At 9:05 PM sharp", "At nine oh five p.m. sharp"),
                text("9am-5pm", "nine a.m. to five p.m."),
                text("9:00–17:30", "nine o'clock to five thirty p.m."),
                text("at 00:15 and 12:00", "at twelve fifteen a.m. and twelve o'clock"),
                text("Mon-Fri 8 AM - 6 PM", "Monday to Friday eight a.m. to six p.m."),
                text("Monday – Friday, May-June", "Monday to Friday, May to June"),
                text("March 3, 2026", "March third, twenty twenty-six"),
                text("on Jan. 2 or 4th of July 1999", "on January second or the fourth of July, nineteen ninety-nine"),
                text("2026-11-05", "November fifth, twenty twenty-six"),
                text(
                        "in 1815, since 1905, the 1990s",
                        "in eighteen fifteen, since nineteen oh five, the nineteen nineties"),
                text("in 2008", "in two thousand eight"),
                text("2024-2026", "twenty twenty-four to twenty twenty-six"),
                // Telephone numbers and codes.
                text("Call 555-123-4567.", "Call five five five, one two three, four five six seven."),
                text("Call (555) 123-4567 now", "Call five five five, one two three, four five six seven now"),
                text("+44 20 7946 0958", "plus four four, two zero, seven nine four six, zero nine five eight"),
                text("555-1234", "five five five, one two three four"),
                text("030 901820", "zero three zero, nine zero one eight two zero"),
                text(
                        "extension 2023, ext. 100, code 4711",
                        "extension two zero two three, extension one zero zero, code four seven one one"),
                text("Dial 911.", "Dial nine one one."),
                text("Press 1 for sales", "Press one for sales"),
                text("Your code is A7X-99Q2.", "Your code is A seven X, nine nine Q two."),
                text("Flight BA117, gate B22", "Flight B A one one seven, gate B twenty-two"),
                // Abbreviations.
                text("Dr. Smith, Ms. Lee and Mrs. Jones", "Doctor Smith, Miz Lee and Missus Jones"),
                text("12 Main St. and St. Mary", "twelve Main Street and Saint Mary"),
                text("fruit, e.g. apples, i.e. red ones", "fruit, for example, apples, that is, red ones"),
                text("No. 5, approx. 20 min.", "number five, approximately twenty minutes."),
                text("bread, milk, etc.", "bread, milk, et cetera."),
                text("w/ milk & w/o sugar", "with milk and without sugar"),
                text("yes/no and/or AT&T", "yes or no and or AT and T"),
                // Addresses.
                text("Go to https://www.example.com/help?x=1.", "Go to example dot com slash help."),
                text("example.org or info@my-site.com", "example dot org or info at my dash site dot com"),
                // Nothing to speak.
                text("😀", ""),
                text("---", ""),
                text("", ""));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void text_isWrittenAsItIsSpoken(String text, String spoken) {
        assertThat(TextForSpeech.spoken(text)).isEqualTo(spoken);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void spokenText_staysAsItIs(String text, String spoken) {
        assertThat(TextForSpeech.spoken(spoken)).isEqualTo(spoken);
    }

    @Test
    void otherLanguages_keepTheirNumbers() {
        assertThat(TextForSpeech.spoken("**Um 9:30** für 3,50 € 😀", "de-DE")).isEqualTo("Um 9:30 für 3,50 €");
        assertThat(TextForSpeech.spoken("At 9:30", "en-GB")).isEqualTo("At nine thirty");
    }

    private static Arguments text(String written, String spoken) {
        return Arguments.of(written, spoken);
    }
}
