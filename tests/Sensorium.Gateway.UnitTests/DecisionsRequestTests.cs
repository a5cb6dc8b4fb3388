using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Questions;
using Sensorium.Gateway.Http.OpenAi.Decisions;
using Sensorium.Gateway.UnitTests.Faces;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class DecisionsRequestTests
{
    private static readonly CaseSchema Schema = new([
        new FieldType("age", FieldKind.Number, "years"), new FieldType("since", FieldKind.Date, ""), new FieldType("story", FieldKind.Text, ""), new FieldType("grade", FieldKind.Category, "")]);

    [Fact]
    public void Questions_of_every_type_are_read()
    {
        var request = Request("""
            {"model": "m", "min_confidence": 0.5, "questions": [
              {"type": "predicate", "name": "ill", "instructions": [{"type": "input_text", "text": "It is"}, {"type": "input_text", "text": "ill."}]},
              {"type": "choice", "instructions": "Which?", "choices": [{"value": "cat", "description": "a cat"}, {"value": true}]},
              {"type": "score", "instructions": "How bad?", "levels": [{"label": "low"}, {"label": "high", "description": "very bad"}]}]}
            """);

        Assert.Equal(("m", 0.5, 1.0), (request.Model, request.MinConfidence, request.Coverage));
        Assert.Equal([QuestionKind.Predicate, QuestionKind.Choice, QuestionKind.Score], request.Questions.Select(asked => asked.Question.Kind));
        Assert.Equal(["ill", null, null], request.Questions.Select(asked => asked.Name));
        Assert.Equal("It is ill.", request.Questions[0].Question.Instructions);
        Assert.Equal([new QuestionOption("cat", "a cat"), new QuestionOption("true", "")], request.Questions[1].Question.Options);
        Assert.Equal(["cat", true], request.Questions[1].Values);
        Assert.Equal([new QuestionOption("low", ""), new QuestionOption("high", "very bad")], request.Questions[2].Question.Options);
    }

    [Fact]
    public void Texts_are_notes_and_records_fields_as_they_were_taught()
    {
        var input = Input("""
            {"input": [
              {"role": "system", "content": "Be brief."},
              {"type": "function_call", "call_id": "1", "name": "look_up", "arguments": "{}"},
              {"type": "function_call_output", "call_id": "1", "output": [{"type": "input_text", "text": "found"}]},
              {"role": "user", "content": [
                {"type": "input_image", "image_url": "data:image/png;base64,AA=="},
                {"type": "input_audio", "input_audio": {"data": "AA==", "format": "wav"}},
                {"type": "input_json", "data": {"age": 63, "since": "2026-01-02", "story": "once", "grade": 2, "smokes": false, "none": null, "lab": {"iron": 1.5}}},
                {"type": "input_json", "data": [{"town": "Bonn"}]}]}]}
            """);

        Assert.Equal("Be brief.\nfound", input.Notes);
        Assert.Equal(["data:image/png;base64,AA==", "data:;base64,AA=="], input.Media.Select(medium => Base64MediaTests.UriOf(medium.Item!.Source)));
        var expected = new Dictionary<string, FieldValue>
        {
            ["age"] = FieldValue.OfNumber(63, "years"),
            ["since"] = FieldValue.OfDate(new DateOnly(2026, 1, 2)),
            ["story"] = FieldValue.OfText("once"),
            ["grade"] = FieldValue.OfCategory("2"),
            ["smokes"] = FieldValue.OfCategory("false"),
            ["lab.iron"] = FieldValue.OfNumber(1.5),
            ["town"] = FieldValue.OfCategory("Bonn"),
        };
        Assert.Equal(expected.OrderBy(pair => pair.Key), input.Fields.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void A_string_is_the_notes() => Assert.Equal("some words", Input("""{"input": "some words"}""").Notes);

    [Theory]
    [InlineData("""{"questions": []}""", "model")]
    [InlineData("""{"model": "m"}""", "questions")]
    [InlineData("""{"model": "m", "questions": {}}""", "questions")]
    [InlineData("""{"model": "m", "questions": ["x"]}""", "questions[0]")]
    [InlineData("""{"model": "m", "questions": [{"type": "guess", "instructions": "x"}]}""", "questions[0].type")]
    [InlineData("""{"model": "m", "questions": [{"type": "predicate"}]}""", "questions[0].instructions")]
    [InlineData("""{"model": "m", "questions": [{"type": "predicate", "instructions": 5}]}""", "questions[0].instructions")]
    [InlineData("""{"model": "m", "questions": [{"type": "predicate", "instructions": [{"type": "input_image", "image_url": "x"}]}]}""", "questions[0].instructions[0].type")]
    [InlineData("""{"model": "m", "questions": [{"type": "choice", "instructions": "x"}]}""", "questions[0].choices")]
    [InlineData("""{"model": "m", "questions": [{"type": "choice", "instructions": "x", "choices": [{"value": 3}]}]}""", "questions[0].choices[0].value")]
    [InlineData("""{"model": "m", "questions": [{"type": "score", "instructions": "x", "levels": [{"label": true}]}]}""", "questions[0].levels[0].label")]
    [InlineData("""{"model": "m", "questions": []}""", "questions")]
    [InlineData("""{"model": "m", "questions": [{"type": "predicate", "instructions": "x"}], "min_confidence": "high"}""", "min_confidence")]
    [InlineData("""{"model": "m", "questions": [{"type": "predicate", "instructions": "x"}], "explain_media": 1}""", "explain_media")]
    public void What_is_wrong_with_a_request_is_named(string body, string field) => Assert.Equal(field, Assert.Throws<SensoriumException>(() => Request(body)).Field);

    [Theory]
    [InlineData("""{}""", "input")]
    [InlineData("""{"input": 5}""", "input")]
    [InlineData("""{"input": [5]}""", "input[0]")]
    [InlineData("""{"input": [{"role": "user"}]}""", "input[0].content")]
    [InlineData("""{"input": [{"content": [{"type": "video"}]}]}""", "input[0].content[0].type")]
    [InlineData("""{"input": [{"content": [{"type": "input_image"}]}]}""", "input[0].content[0].image_url")]
    [InlineData("""{"input": [{"content": [{"type": "input_json", "data": "x"}]}]}""", "input[0].content[0].data")]
    [InlineData("""{"input": [{"content": [{"type": "input_json", "data": {"list": [1]}}]}]}""", "input[0].content[0].data.list")]
    [InlineData("""{"input": [{"content": [{"type": "input_json", "data": {"since": "soon"}}]}]}""", "input[0].content[0].data.since")]
    public void What_is_wrong_with_an_input_is_named(string body, string field) => Assert.Equal(field, Assert.Throws<SensoriumException>(() => Input(body)).Field);

    private static DecisionsRequest Request(string body)
    {
        using var document = JsonDocument.Parse(body);
        return DecisionsRequest.Read(document.RootElement);
    }

    private static Gateway.Operations.Decisions.CaseInput Input(string body)
    {
        using var document = JsonDocument.Parse(body);
        return DecisionsInput.Read(document.RootElement, Schema);
    }
}
