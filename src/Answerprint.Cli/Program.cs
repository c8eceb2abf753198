Console.Error.WriteLine("answerprint");
return 0;
