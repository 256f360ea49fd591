package dev.hufu.service.sample;

import java.util.List;
import java.util.Map;

/**
 * Invented names, in the script of the country and in Latin letters. A row of a table below is what is drawn; Chinese characters
 * stand with their pinyin.
 */
final class Names {
    /**
     * @param name as written at home
     * @param latin the same in Latin letters
     */
    record Name(String name, String latin) {}

    private static final List<String> FAMILY = words("""
            王Wang 李Li 张Zhang 刘Liu 陈Chen 杨Yang 黄Huang 赵Zhao 吴Wu 周Zhou 徐Xu 孙Sun 马Ma 朱Zhu 胡Hu 郭Guo 何He 林Lin
            高Gao 罗Luo 郑Zheng 梁Liang 谢Xie 宋Song 唐Tang 许Xu 邓Deng 冯Feng 韩Han 曹Cao 曾Zeng 彭Peng 萧Xiao 蔡Cai 潘Pan
            田Tian 董Dong 袁Yuan 于Yu 余Yu 叶Ye 蒋Jiang 杜Du 苏Su 魏Wei 程Cheng 吕Lü 丁Ding 沈Shen 任Ren 姚Yao 卢Lu 傅Fu
            钟Zhong 姜Jiang 崔Cui 谭Tan 廖Liao 范Fan 汪Wang 陆Lu 金Jin 石Shi 戴Dai 贾Jia 韦Wei 夏Xia 邱Qiu 方Fang 侯Hou
            欧阳Ouyang 上官Shangguan 司徒Situ""");
    private static final List<String> GIVEN_F = words("""
            秀xiu 英ying 芳fang 娜na 静jing 敏min 丽li 艳yan 娟juan 霞xia 婷ting 雪xue 慧hui 玲ling 洁jie 梅mei 琳lin 倩qian
            欣xin 怡yi 佳jia 雯wen 悦yue 涵han 萱xuan 瑶yao 晴qing 璐lu 菲fei 莹ying 蕾lei 颖ying 珊shan 岚lan 月yue 云yun
            兰lan 心xin 若ruo 思si 诗shi 语yu 梦meng 紫zi 桂gui 凤feng""");
    private static final List<String> GIVEN_M = words("""
            伟wei 强qiang 磊lei 军jun 洋yang 勇yong 杰jie 涛tao 明ming 超chao 刚gang 平ping 辉hui 鹏peng 华hua 飞fei 斌bin
            宇yu 浩hao 凯kai 健jian 俊jun 帆fan 博bo 文wen 志zhi 建jian 国guo 峰feng 龙long 阳yang 晨chen 轩xuan 睿rui
            泽ze 子zi 昊hao 天tian 一yi 鸣ming 嘉jia 森sen 海hai 林lin 恒heng 远yuan""");

    /** Family names, women's and men's given names of one naming tradition in Latin letters. */
    private record Tradition(List<String> family, List<String> women, List<String> men) {
        Name draw(boolean woman, Draws draws) {
            String given = draws.pick(woman ? women : men);
            String second =
                    draws.chance(0.3) ? " " + draws.pick(woman ? women : men).charAt(0) + "." : "";
            String name = given + second + " " + draws.pick(family);
            return new Name(name, name);
        }
    }

    private static final Tradition ENGLISH = new Tradition(
            words(
                    "Ashworth Bramley Carrow Dunstable Ellery Fairburn Garside Hollins Inglewood Jessop Kirkham Langdale"
                            + " Merrow Norcross Oldroyd Penhale Quillan Ravens Stanmore Thackray Underhill Varley Wexcombe Yelland"),
            words(
                    "Alice Beth Clara Daisy Edith Fiona Grace Hannah Imogen Jane Kate Lucy Martha Nora Olive Poppy Rose Sarah"),
            words(
                    "Adam Ben Colin David Edward Frank George Harry Ian Jack Keith Leo Mark Neil Oscar Paul Robert Simon"));
    private static final Tradition GERMAN = new Tradition(
            words(
                    "Albers Brandtner Clasing Dörfler Ebersbach Fahrenholz Gerlach Hagedorn Immler Jürgens Kestner Lindhorst"
                            + " Mühlbach Niemeyer Ostermann Pfeilsticker Reuther Sommerlad Tiedtke Ullmann Vossberg Wiegand"),
            words("Anke Birgit Carla Doris Elke Frauke Greta Heike Inga Jana Katrin Lena Maren Nele Petra Silke Ute"),
            words("Arne Bernd Carsten Dirk Erik Falk Gerd Hauke Ingo Jens Kai Lars Malte Nils Olaf Peter Ralf Sven"));
    private static final Tradition ROMANCE = new Tradition(
            words(
                    "Abrantes Bellini Carvalhal Delmas Escudero Ferrandini Garrigue Herrero Iglesias Jourdain Lombardi Montclar"
                            + " Navarro Olivetti Perrault Quintana Rossetti Salvatore Tavares Urbano Valcourt Zanetti"),
            words(
                    "Ana Bianca Chiara Diane Elena Fabienne Giulia Ines Julie Laura Marta Noemi Paula Renata Sofia Teresa"),
            words("Alain Bruno Carlos Diego Enzo Felipe Gaspard Hugo Ivo Jorge Luca Mateo Nicola Pablo Rui Tomas"));
    private static final Tradition JAPANESE = new Tradition(
            words(
                    "Akizuki Fujimori Hayakawa Ishigami Kurosawa Matsuoka Nagamine Okabe Sakuragi Takehara Ueshima Yoshikawa"),
            words("Aiko Chie Emi Haruka Kaori Mayumi Naomi Rina Sakura Tomoko Yuki"),
            words("Akira Daichi Haruto Kenji Makoto Naoki Ryo Satoshi Takumi Yuto"));
    private static final Tradition KOREAN = new Tradition(
            words("Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon"),
            words("Ji-woo Seo-yeon Min-ji Ha-eun Soo-jin Eun-ji Yoo-na Hye-rin"),
            words("Min-jun Seo-jun Do-yun Ji-ho Hyun-woo Jun-seo Tae-yang Sung-min"));
    private static final Tradition SOUTH_EAST_ASIAN = new Tradition(
            words(
                    "Abdullah Boonmee Chaiyasit Dang Ismail Jirawat Kittisak Lim Ngo Nguyen Ong Pham Rahman Suwan Tan Tran Vo"),
            words("Aisyah Anong Bich Dao Farah Hoa Kanya Linh Malee Nur Siti Somchai Thuy Yen"),
            words("Anan Azlan Binh Chai Duc Faiz Hakim Khoa Minh Nat Prasert Quang Rizal Tuan"));
    private static final Tradition ARABIC = new Tradition(
            words(
                    "Al-Amri Al-Balushi Al-Dosari Al-Farsi Al-Harbi Al-Jaber Al-Ketbi Al-Mansoori Al-Nuaimi Al-Qahtani Al-Shehhi"),
            words("Amal Dana Fatima Hessa Layla Mariam Noura Reem Salma Yasmin"),
            words("Ahmed Bader Faisal Hamad Khalid Majid Nasser Omar Rashid Saeed"));
    private static final Map<String, Tradition> BY_COUNTRY = Map.ofEntries(
            Map.entry("JP", JAPANESE),
            Map.entry("KR", KOREAN),
            Map.entry("SG", SOUTH_EAST_ASIAN),
            Map.entry("MY", SOUTH_EAST_ASIAN),
            Map.entry("TH", SOUTH_EAST_ASIAN),
            Map.entry("VN", SOUTH_EAST_ASIAN),
            Map.entry("DE", GERMAN),
            Map.entry("FR", ROMANCE),
            Map.entry("IT", ROMANCE),
            Map.entry("ES", ROMANCE),
            Map.entry("MX", ROMANCE),
            Map.entry("BR", ROMANCE),
            Map.entry("GB", ENGLISH),
            Map.entry("US", ENGLISH),
            Map.entry("AE", ARABIC),
            Map.entry("SA", ARABIC));

    private Names() {}

    /** Chinese in China, with pinyin; elsewhere a name of the country's tradition, now and then a Chinese one. */
    static Name draw(String country, char gender, Draws draws) {
        boolean woman = gender == 'F' || (gender == 'U' && draws.chance(0.5));
        Tradition tradition = BY_COUNTRY.get(country);
        if (tradition != null && !draws.chance(0.06)) {
            return tradition.draw(woman, draws);
        }
        // Squaring favours the front of the list, where the common family names stand.
        double u = draws.uniform();
        String family = FAMILY.get((int) (u * u * FAMILY.size()));
        List<String> given = woman ? GIVEN_F : GIVEN_M;
        String first = draws.pick(given);
        String second = draws.chance(0.72) ? draws.pick(given) : "";
        String latinGiven = latin(first) + latin(second);
        return new Name(
                han(family) + han(first) + han(second),
                latin(family) + " " + Character.toUpperCase(latinGiven.charAt(0)) + latinGiven.substring(1));
    }

    private static String han(String entry) {
        return entry.substring(0, boundary(entry));
    }

    private static String latin(String entry) {
        return entry.substring(boundary(entry));
    }

    private static int boundary(String entry) {
        int i = 0;
        while (i < entry.length() && Character.UnicodeScript.of(entry.charAt(i)) == Character.UnicodeScript.HAN) {
            i++;
        }
        return i;
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
